/*
 * ESP32-C3: system controller (SYSCON, also called APB_CTRL).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_RISCV_ESP32C3_SYSCON_H
#define HW_RISCV_ESP32C3_SYSCON_H

#include "regs.h"

#define TYPE_ESP32C3_SYSCON "esp32c3-syscon"

#endif
