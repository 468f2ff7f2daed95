/*
 * ESP32-C3: interrupt matrix.
 *
 * Each source is routed to one line by its map register. A line is of level
 * or edge type; a rising edge stays latched until cleared. Of the lines that
 * are enabled and pending, with a priority that is not zero and not below the
 * threshold, the CPU is offered the one with the highest priority, of equals
 * the lowest number.
 *
 * Sources: ESP-IDF, soc/esp32c3/include/soc/interrupt_core0_reg.h; ESP32-C3
 * Technical Reference Manual, "Interrupt Matrix" and "Interrupt Controller".
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/qdev-properties.h"
#include "qemu/host-utils.h"
#include "qemu/module.h"
#include "intmatrix.h"

#define A_MAP(source)   ((source) * 4)
#define A_INTR_STATUS_0 0x0f8
#define A_INTR_STATUS_1 0x0fc
#define A_INT_ENABLE    0x104
#define A_INT_TYPE      0x108
#define A_INT_CLEAR     0x10c
#define A_EIP_STATUS    0x110
#define A_INT_PRI(line) (0x114 + (line) * 4)
#define A_INT_THRESH    0x194

#define LINE_MASK       0x1f
#define PRIORITY_MASK   0xf

static uint32_t pending_lines(Esp32c3IntMatrix *s)
{
    uint32_t edge = esp32c3_regs_get(&s->parent_obj, A_INT_TYPE);

    return ((s->levels & ~edge) | (s->latched & edge)) & ~BIT(0);
}

static unsigned most_urgent_line(Esp32c3IntMatrix *s)
{
    Esp32c3Regs *r = &s->parent_obj;
    uint32_t enabled = esp32c3_regs_get(r, A_INT_ENABLE);
    uint32_t threshold = esp32c3_regs_get(r, A_INT_THRESH) & PRIORITY_MASK;
    uint32_t candidates = pending_lines(s) & enabled;
    uint32_t best_priority = 0;
    unsigned best = 0;

    for (; candidates; candidates &= candidates - 1) {
        unsigned line = ctz32(candidates);
        uint32_t priority = esp32c3_regs_get(r, A_INT_PRI(line)) &
                            PRIORITY_MASK;

        if (priority >= threshold && priority > best_priority) {
            best_priority = priority;
            best = line;
        }
    }
    return best;
}

static void intmatrix_update(Esp32c3IntMatrix *s)
{
    Esp32c3Regs *r = &s->parent_obj;
    uint64_t sources = s->sources;
    uint32_t levels = 0;

    for (; sources; sources &= sources - 1) {
        unsigned source = ctz64(sources);

        levels |= BIT(esp32c3_regs_get(r, A_MAP(source)) & LINE_MASK);
    }
    s->latched |= levels & ~s->levels;
    s->levels = levels;
    esp32c3_cpu_set_line(s->cpu, most_urgent_line(s));
}

static void intmatrix_set_source(void *opaque, int source, int level)
{
    Esp32c3IntMatrix *s = opaque;
    uint64_t sources = deposit64(s->sources, source, 1, !!level);

    if (sources != s->sources) {
        s->sources = sources;
        intmatrix_update(s);
    }
}

static uint32_t intmatrix_read(Esp32c3Regs *r, hwaddr offset)
{
    Esp32c3IntMatrix *s = ESP32C3_INTMATRIX(r);

    switch (offset) {
    case A_INTR_STATUS_0:
        return s->sources;
    case A_INTR_STATUS_1:
        return s->sources >> 32;
    case A_EIP_STATUS:
        return pending_lines(s);
    default:
        return esp32c3_regs_get(r, offset);
    }
}

static void intmatrix_write(Esp32c3Regs *r, hwaddr offset, uint32_t value)
{
    Esp32c3IntMatrix *s = ESP32C3_INTMATRIX(r);

    switch (offset) {
    case A_INTR_STATUS_0:
    case A_INTR_STATUS_1:
    case A_EIP_STATUS:
        return;
    case A_INT_CLEAR:
        s->latched &= ~value;
        break;
    }
    esp32c3_regs_set(r, offset, value);
    intmatrix_update(s);
}

static void intmatrix_reset(DeviceState *dev)
{
    Esp32c3IntMatrix *s = ESP32C3_INTMATRIX(dev);

    esp32c3_regs_reset(&s->parent_obj);
    /*
     * After a reset no device asks for anything. open_eth forgets its
     * interrupts without lowering its line, so the lines are forgotten here.
     */
    s->sources = 0;
    s->levels = 0;
    s->latched = 0;
    esp32c3_cpu_set_line(s->cpu, 0);
}

static void intmatrix_init(Object *obj)
{
    qdev_init_gpio_in(DEVICE(obj), intmatrix_set_source, ESP32C3_N_SOURCES);
}

static Property intmatrix_properties[] = {
    DEFINE_PROP_LINK("cpu", Esp32c3IntMatrix, cpu, TYPE_ESP32C3_CPU,
                     Esp32c3Cpu *),
    DEFINE_PROP_END_OF_LIST(),
};

static const Esp32c3ResetValue intmatrix_reset_values[] = {
    { 0x100, 0x00000001 }, /* CLOCK_GATE */
    { 0x7fc, 0x02007210 }, /* INTERRUPT_DATE */
};

static void intmatrix_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    Esp32c3RegsClass *rc = ESP32C3_REGS_CLASS(klass);

    dc->reset = intmatrix_reset;
    device_class_set_props(dc, intmatrix_properties);
    rc->size = 0x800;
    rc->reset_values = intmatrix_reset_values;
    rc->n_reset_values = ARRAY_SIZE(intmatrix_reset_values);
    rc->read = intmatrix_read;
    rc->write = intmatrix_write;
}

static const TypeInfo intmatrix_types[] = {
    {
        .name = TYPE_ESP32C3_INTMATRIX,
        .parent = TYPE_ESP32C3_REGS,
        .instance_size = sizeof(Esp32c3IntMatrix),
        .instance_init = intmatrix_init,
        .class_init = intmatrix_class_init,
    },
};

DEFINE_TYPES(intmatrix_types)
