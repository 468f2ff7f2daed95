/*
 * ESP32-C3: cache controller and flash MMU table.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_RISCV_ESP32C3_EXTMEM_H
#define HW_RISCV_ESP32C3_EXTMEM_H

#include "regs.h"

#define TYPE_ESP32C3_EXTMEM "esp32c3-extmem"

#endif
