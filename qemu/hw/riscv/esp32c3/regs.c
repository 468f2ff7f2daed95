/*
 * ESP32-C3: a block of 32-bit registers.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "hw/qdev-properties.h"
#include "migration/vmstate.h"
#include "qemu/bitops.h"
#include "qemu/module.h"
#include "regs.h"

static uint64_t regs_mmio_read(void *opaque, hwaddr addr, unsigned size)
{
    Esp32c3Regs *s = opaque;
    Esp32c3RegsClass *rc = ESP32C3_REGS_GET_CLASS(s);
    hwaddr offset = addr & ~3ULL;
    uint32_t word;

    word = rc->read ? rc->read(s, offset) : esp32c3_regs_get(s, offset);
    return extract32(word, (addr & 3) * 8, size * 8);
}

static void regs_mmio_write(void *opaque, hwaddr addr, uint64_t value,
                            unsigned size)
{
    Esp32c3Regs *s = opaque;
    Esp32c3RegsClass *rc = ESP32C3_REGS_GET_CLASS(s);
    hwaddr offset = addr & ~3ULL;
    uint32_t word = value;

    if (size < 4) {
        word = deposit32(esp32c3_regs_get(s, offset), (addr & 3) * 8,
                         size * 8, value);
    }
    if (rc->write) {
        rc->write(s, offset, word);
    } else {
        esp32c3_regs_set(s, offset, word);
    }
}

static const MemoryRegionOps regs_mmio_ops = {
    .read = regs_mmio_read,
    .write = regs_mmio_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid = {
        .min_access_size = 1,
        .max_access_size = 4,
    },
    .impl = {
        .min_access_size = 1,
        .max_access_size = 4,
    },
};

void esp32c3_regs_reset(Esp32c3Regs *s)
{
    Esp32c3RegsClass *rc = ESP32C3_REGS_GET_CLASS(s);
    size_t i;

    memset(s->word, 0, rc->size);
    for (i = 0; i < rc->n_reset_values; i++) {
        esp32c3_regs_set(s, rc->reset_values[i].offset,
                         rc->reset_values[i].value);
    }
}

static void regs_device_reset(DeviceState *dev)
{
    esp32c3_regs_reset(ESP32C3_REGS(dev));
}

static void regs_instance_init(Object *obj)
{
    Esp32c3Regs *s = ESP32C3_REGS(obj);
    Esp32c3RegsClass *rc = ESP32C3_REGS_GET_CLASS(obj);

    s->word = g_new0(uint32_t, rc->size / 4);
    memory_region_init_io(&s->mmio, obj, &regs_mmio_ops, s,
                          object_get_typename(obj), rc->size);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->mmio);
}

static void regs_instance_finalize(Object *obj)
{
    g_free(ESP32C3_REGS(obj)->word);
}

static const VMStateDescription vmstate_regs = {
    .name = TYPE_ESP32C3_REGS,
    .unmigratable = 1,
};

static void regs_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    dc->reset = regs_device_reset;
    dc->vmsd = &vmstate_regs;
    dc->user_creatable = false;
}

static const TypeInfo regs_types[] = {
    {
        .name = TYPE_ESP32C3_REGS,
        .parent = TYPE_SYS_BUS_DEVICE,
        .instance_size = sizeof(Esp32c3Regs),
        .instance_init = regs_instance_init,
        .instance_finalize = regs_instance_finalize,
        .class_size = sizeof(Esp32c3RegsClass),
        .class_init = regs_class_init,
        .abstract = true,
    },
};

DEFINE_TYPES(regs_types)
