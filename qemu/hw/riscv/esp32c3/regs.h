/*
 * ESP32-C3: a block of 32-bit registers.
 *
 * Most of the chip's peripherals are a page of plain registers with a few
 * active ones among them. A model derives from TYPE_ESP32C3_REGS, names its
 * reset values and handles the active registers in its read and write hooks.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_RISCV_ESP32C3_REGS_H
#define HW_RISCV_ESP32C3_REGS_H

#include "hw/sysbus.h"
#include "qom/object.h"

#define TYPE_ESP32C3_REGS "esp32c3-regs"
OBJECT_DECLARE_TYPE(Esp32c3Regs, Esp32c3RegsClass, ESP32C3_REGS)

/* A register whose reset value is not zero. */
typedef struct Esp32c3ResetValue {
    uint16_t offset;
    uint32_t value;
} Esp32c3ResetValue;

struct Esp32c3Regs {
    SysBusDevice parent_obj;

    MemoryRegion mmio;
    uint32_t *word; /* one for each register of the block */
};

struct Esp32c3RegsClass {
    SysBusDeviceClass parent_class;

    uint32_t size; /* of the block in bytes, a multiple of four */
    const Esp32c3ResetValue *reset_values;
    size_t n_reset_values;

    /*
     * Hooks; @offset is a multiple of four. Where a model has none, or hands
     * an offset on to the default, the register is plain storage.
     */
    uint32_t (*read)(Esp32c3Regs *s, hwaddr offset);
    void (*write)(Esp32c3Regs *s, hwaddr offset, uint32_t value);
};

/* What the hooks fall back on: the stored word. */
static inline uint32_t esp32c3_regs_get(Esp32c3Regs *s, hwaddr offset)
{
    return s->word[offset / 4];
}

static inline void esp32c3_regs_set(Esp32c3Regs *s, hwaddr offset,
                                    uint32_t value)
{
    s->word[offset / 4] = value;
}

/* Put every register back to its reset value. */
void esp32c3_regs_reset(Esp32c3Regs *s);

#endif
