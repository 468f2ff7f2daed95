/*
 * ESP32-C3: eFuse controller.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_RISCV_ESP32C3_EFUSE_H
#define HW_RISCV_ESP32C3_EFUSE_H

#include "net/net.h"
#include "regs.h"

#define TYPE_ESP32C3_EFUSE "esp32c3-efuse"
OBJECT_DECLARE_SIMPLE_TYPE(Esp32c3Efuse, ESP32C3_EFUSE)

struct Esp32c3Efuse {
    Esp32c3Regs parent_obj;

    MACAddr mac; /* the factory's base address */
};

#endif
