/*
 * ESP32-C3: peripherals there is no model of.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_RISCV_ESP32C3_UNMODELLED_H
#define HW_RISCV_ESP32C3_UNMODELLED_H

#include "regs.h"

#define TYPE_ESP32C3_UNMODELLED "esp32c3-unmodelled"
OBJECT_DECLARE_SIMPLE_TYPE(Esp32c3Unmodelled, ESP32C3_UNMODELLED)

/* The whole peripheral address space, under the models. */
#define ESP32C3_PERIPHERALS_BASE 0x60000000
#define ESP32C3_PERIPHERALS_SIZE 0x100000

struct Esp32c3Unmodelled {
    Esp32c3Regs parent_obj;

    uint64_t reported; /* peripherals that were named already, by index */
};

#endif
