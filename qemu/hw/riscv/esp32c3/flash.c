/*
 * ESP32-C3: external flash, mapped for code and data.
 *
 * The image is read once, at start, and mapped linearly at both windows, as
 * the ROM does for direct boot. A store to a window is refused by the bus, as
 * the chip's cache refuses it: the guest gets a store access fault.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "hw/qdev-properties-system.h"
#include "migration/vmstate.h"
#include "qapi/error.h"
#include "qemu/module.h"
#include "qemu/units.h"
#include "sysemu/block-backend.h"
#include "flash.h"

static MemTxResult flash_write(void *opaque, hwaddr addr, uint64_t value,
                               unsigned size, MemTxAttrs attrs)
{
    return MEMTX_ERROR;
}

static const MemoryRegionOps flash_ops = {
    .write_with_attrs = flash_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
};

static bool flash_size_valid(int64_t size)
{
    return size == 2 * MiB || size == 4 * MiB || size == 8 * MiB ||
           size == 16 * MiB;
}

static void flash_realize(DeviceState *dev, Error **errp)
{
    Esp32c3Flash *s = ESP32C3_FLASH(dev);
    Object *owner = OBJECT(dev);
    int64_t size;
    int i;

    if (!s->blk) {
        error_setg(errp, "there is no flash image: pass "
                   "-drive file=IMAGE,if=mtd,format=raw,snapshot=on");
        return;
    }
    size = blk_getlength(s->blk);
    if (!flash_size_valid(size)) {
        error_setg(errp, "flash image is %" PRId64 " bytes long: it must be "
                   "exactly 2, 4, 8 or 16 MiB", size);
        return;
    }
    if (blk_set_perm(s->blk, BLK_PERM_CONSISTENT_READ, BLK_PERM_ALL,
                     errp) < 0) {
        return;
    }
    memory_region_init_rom_device_nomigrate(&s->chip, owner, &flash_ops, s,
                                            "esp32c3.flash", size,
                                            &error_fatal);
    if (blk_pread(s->blk, 0, size, memory_region_get_ram_ptr(&s->chip),
                  0) < 0) {
        error_setg(errp, "flash image cannot be read");
        return;
    }
    for (i = 0; i < ARRAY_SIZE(s->window); i++) {
        memory_region_init_alias(&s->window[i], owner,
                                 i ? "esp32c3.drom" : "esp32c3.irom",
                                 &s->chip, 0, MIN(size, ESP32C3_FLASH_WINDOW));
        sysbus_init_mmio(SYS_BUS_DEVICE(dev), &s->window[i]);
    }
}

static Property flash_properties[] = {
    DEFINE_PROP_DRIVE("drive", Esp32c3Flash, blk),
    DEFINE_PROP_END_OF_LIST(),
};

static const VMStateDescription vmstate_flash = {
    .name = TYPE_ESP32C3_FLASH,
    .unmigratable = 1,
};

static void flash_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    dc->realize = flash_realize;
    dc->vmsd = &vmstate_flash;
    dc->user_creatable = false;
    device_class_set_props(dc, flash_properties);
}

static const TypeInfo flash_types[] = {
    {
        .name = TYPE_ESP32C3_FLASH,
        .parent = TYPE_SYS_BUS_DEVICE,
        .instance_size = sizeof(Esp32c3Flash),
        .class_init = flash_class_init,
    },
};

DEFINE_TYPES(flash_types)
