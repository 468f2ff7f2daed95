/*
 * ESP32-C3: the chip, its parts put together.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "exec/address-spaces.h"
#include "hw/qdev-properties.h"
#include "qapi/error.h"
#include "qemu/module.h"
#include "qemu/units.h"
#include "sysemu/reset.h"
#include "soc.h"

static void soc_init(Object *obj)
{
    Esp32c3Soc *s = ESP32C3_SOC(obj);
    int i;

    object_initialize_child(obj, "cpu", &s->cpu, TYPE_ESP32C3_CPU);
    object_initialize_child(obj, "intmatrix", &s->intmatrix,
                            TYPE_ESP32C3_INTMATRIX);
    object_initialize_child(obj, "uart0", &s->uart, TYPE_ESP32C3_UART);
    object_initialize_child(obj, "systimer", &s->systimer,
                            TYPE_ESP32C3_SYSTIMER);
    for (i = 0; i < ESP32C3_N_TIMG; i++) {
        object_initialize_child(obj, i ? "timg1" : "timg0", &s->timg[i],
                                TYPE_ESP32C3_TIMG);
    }
    object_initialize_child(obj, "rtc", &s->rtc, TYPE_ESP32C3_RTC);
    object_initialize_child(obj, "efuse", &s->efuse, TYPE_ESP32C3_EFUSE);
    object_initialize_child(obj, "system", &s->system, TYPE_ESP32C3_SYSTEM);
    object_initialize_child(obj, "extmem", &s->extmem, TYPE_ESP32C3_EXTMEM);
    object_initialize_child(obj, "syscon", &s->syscon, TYPE_ESP32C3_SYSCON);
    object_initialize_child(obj, "unmodelled", &s->unmodelled,
                            TYPE_ESP32C3_UNMODELLED);
    object_initialize_child(obj, "flash", &s->flash, TYPE_ESP32C3_FLASH);
}

static void map_memory(Esp32c3Soc *s)
{
    MemoryRegion *bus = get_system_memory();
    Object *owner = OBJECT(s);

    memory_region_init_rom_nomigrate(&s->rom, owner, "esp32c3.rom",
                                     ESP32C3_ROM_SIZE, &error_fatal);
    memory_region_add_subregion(bus, ESP32C3_ROM_BASE, &s->rom);
    memory_region_init_alias(&s->rom_data, owner, "esp32c3.rom-data", &s->rom,
                             ESP32C3_ROM_DATA_OFFSET,
                             ESP32C3_ROM_SIZE - ESP32C3_ROM_DATA_OFFSET);
    memory_region_add_subregion(bus, ESP32C3_ROM_DATA_BASE, &s->rom_data);

    memory_region_init_ram_nomigrate(&s->sram0, owner, "esp32c3.sram0",
                                     ESP32C3_SRAM0_SIZE, &error_fatal);
    memory_region_add_subregion(bus, ESP32C3_SRAM0_BASE, &s->sram0);

    memory_region_init_ram_nomigrate(&s->sram1_data, owner, "esp32c3.sram1",
                                     ESP32C3_SRAM1_SIZE, &error_fatal);
    memory_region_add_subregion(bus, ESP32C3_SRAM1_DATA_BASE, &s->sram1_data);
    memory_region_init_alias(&s->sram1_code, owner, "esp32c3.sram1-code",
                             &s->sram1_data, 0, ESP32C3_SRAM1_SIZE);
    memory_region_add_subregion(bus, ESP32C3_SRAM1_CODE_BASE, &s->sram1_code);

    memory_region_init_ram_nomigrate(&s->rtc_ram, owner, "esp32c3.rtc-ram",
                                     ESP32C3_RTC_RAM_SIZE, &error_fatal);
    memory_region_add_subregion(bus, ESP32C3_RTC_RAM_BASE, &s->rtc_ram);
}

/* Realize a peripheral, map its registers, connect its interrupts. */
static bool add_peripheral(Esp32c3Soc *s, void *device, hwaddr base,
                           int first_source, int n_sources, Error **errp)
{
    SysBusDevice *sbd = SYS_BUS_DEVICE(device);
    int i;

    if (!sysbus_realize(sbd, errp)) {
        return false;
    }
    sysbus_mmio_map(sbd, 0, base);
    for (i = 0; i < n_sources; i++) {
        sysbus_connect_irq(sbd, i, qdev_get_gpio_in(DEVICE(&s->intmatrix),
                                                    first_source + i));
    }
    return true;
}

static bool add_flash(Esp32c3Soc *s, Error **errp)
{
    SysBusDevice *sbd = SYS_BUS_DEVICE(&s->flash);

    if (!sysbus_realize(sbd, errp)) {
        return false;
    }
    sysbus_mmio_map(sbd, 0, ESP32C3_IROM_BASE);
    sysbus_mmio_map(sbd, 1, ESP32C3_DROM_BASE);
    return true;
}

static void reset_cpu(void *opaque)
{
    cpu_reset(opaque);
}

static void link_to(void *device, const char *name, void *target)
{
    object_property_set_link(OBJECT(device), name, OBJECT(target),
                             &error_abort);
}

static void link_devices(Esp32c3Soc *s)
{
    int i;

    link_to(&s->intmatrix, "cpu", &s->cpu);
    link_to(&s->rtc, "cpu", &s->cpu);
    link_to(&s->system, "cpu", &s->cpu);
    link_to(&s->system, "uart0", &s->uart);
    link_to(&s->system, "timg0", &s->timg[0]);
    link_to(&s->system, "timg1", &s->timg[1]);
    link_to(&s->system, "systimer", &s->systimer);
    for (i = 0; i < ESP32C3_N_TIMG; i++) {
        link_to(&s->timg[i], "rtc", &s->rtc);
        qdev_prop_set_uint32(DEVICE(&s->timg[i]), "group", i);
    }
}

static void soc_realize(DeviceState *dev, Error **errp)
{
    Esp32c3Soc *s = ESP32C3_SOC(dev);
    SysBusDevice *unmodelled = SYS_BUS_DEVICE(&s->unmodelled);

    if (!qdev_realize(DEVICE(&s->cpu), NULL, errp)) {
        return;
    }
    qemu_register_reset(reset_cpu, &s->cpu);
    link_devices(s);
    map_memory(s);
    if (!sysbus_realize(unmodelled, errp)) {
        return;
    }
    sysbus_mmio_map_overlap(unmodelled, 0, ESP32C3_PERIPHERALS_BASE, -1);

    if (!add_flash(s, errp) ||
        !add_peripheral(s, &s->intmatrix, 0x600c2000, 0, 0, errp) ||
        !add_peripheral(s, &s->uart, 0x60000000, ESP32C3_SOURCE_UART0, 1,
                        errp) ||
        !add_peripheral(s, &s->rtc, 0x60008000, ESP32C3_SOURCE_RTC_CORE, 1,
                        errp) ||
        !add_peripheral(s, &s->efuse, 0x60008800, 0, 0, errp) ||
        !add_peripheral(s, &s->timg[0], 0x6001f000, ESP32C3_SOURCE_TG0_T0, 2,
                        errp) ||
        !add_peripheral(s, &s->timg[1], 0x60020000, ESP32C3_SOURCE_TG1_T0, 2,
                        errp) ||
        !add_peripheral(s, &s->systimer, 0x60023000, ESP32C3_SOURCE_SYSTIMER0,
                        ESP32C3_SYSTIMER_ALARMS, errp) ||
        !add_peripheral(s, &s->syscon, 0x60026000, 0, 0, errp) ||
        !add_peripheral(s, &s->system, 0x600c0000, ESP32C3_SOURCE_FROM_CPU0,
                        ESP32C3_SOFTWARE_INTERRUPTS, errp) ||
        !add_peripheral(s, &s->extmem, 0x600c4000, 0, 0, errp)) {
        return;
    }
}

static void soc_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    dc->realize = soc_realize;
    dc->user_creatable = false;
}

static const TypeInfo soc_types[] = {
    {
        .name = TYPE_ESP32C3_SOC,
        .parent = TYPE_DEVICE,
        .instance_size = sizeof(Esp32c3Soc),
        .instance_init = soc_init,
        .class_init = soc_class_init,
    },
};

DEFINE_TYPES(soc_types)
