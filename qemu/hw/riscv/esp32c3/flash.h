/*
 * ESP32-C3: external flash, mapped for code and data.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_RISCV_ESP32C3_FLASH_H
#define HW_RISCV_ESP32C3_FLASH_H

#include "hw/sysbus.h"
#include "qom/object.h"

#define TYPE_ESP32C3_FLASH "esp32c3-flash"
OBJECT_DECLARE_SIMPLE_TYPE(Esp32c3Flash, ESP32C3_FLASH)

/* The CPU sees up to 8 MiB through each of its windows. */
#define ESP32C3_FLASH_WINDOW (8 * MiB)

/* Memory regions: 0 the window for code, 1 the one for data. */
struct Esp32c3Flash {
    SysBusDevice parent_obj;

    BlockBackend *blk;
    MemoryRegion chip;
    MemoryRegion window[2];
};

#endif
