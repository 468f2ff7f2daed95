/*
 * ESP32-C3 board: the chip, its flash, a console and an Ethernet MAC.
 *
 * The chip has no Ethernet. As on Espressif's own machine, an OpenCores MAC
 * sits at 0x600cd000 and shares the Wi-Fi MAC's interrupt source, which is
 * where ESP-IDF's openeth driver looks for it (esp_eth/src/openeth).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "exec/address-spaces.h"
#include "hw/boards.h"
#include "hw/loader.h"
#include "hw/qdev-properties.h"
#include "hw/qdev-properties-system.h"
#include "net/net.h"
#include "qapi/error.h"
#include "qapi/visitor.h"
#include "qemu/datadir.h"
#include "qemu/error-report.h"
#include "qemu/timer.h"
#include "qemu/units.h"
#include "sysemu/blockdev.h"
#include "sysemu/cpu-timers.h"
#include "sysemu/reset.h"
#include "sysemu/sysemu.h"
#include "soc.h"

#define TYPE_ESP32C3_MACHINE MACHINE_TYPE_NAME("esp32c3")
OBJECT_DECLARE_SIMPLE_TYPE(Esp32c3Machine, ESP32C3_MACHINE)

#define ROM_FILE       "esp32c3-rom.bin"
#define ETH_BASE       0x600cd000
#define ETH_DESC_BASE  0x600cd400

struct Esp32c3Machine {
    MachineState parent_obj;

    Esp32c3Soc soc;
};

static void load_rom(MachineState *machine, Esp32c3Soc *soc)
{
    const char *name = machine->firmware ? machine->firmware : ROM_FILE;
    g_autofree char *path = qemu_find_file(QEMU_FILE_TYPE_BIOS, name);

    if (!path || load_image_size(path, memory_region_get_ram_ptr(&soc->rom),
                                 ESP32C3_ROM_SIZE) < 0) {
        error_report("cannot load the ROM '%s': pass -L DIRECTORY, where it "
                     "is, or -bios FILE", name);
        exit(EXIT_FAILURE);
    }
}

static void add_ethernet(Esp32c3Soc *soc, NICInfo *nd)
{
    DeviceState *dev;
    SysBusDevice *sbd;

    qemu_check_nic_model(nd, "open_eth");
    dev = qdev_new("open_eth");
    sbd = SYS_BUS_DEVICE(dev);
    qdev_set_nic_properties(dev, nd);
    sysbus_realize_and_unref(sbd, &error_fatal);
    sysbus_mmio_map(sbd, 0, ETH_BASE);
    sysbus_mmio_map(sbd, 1, ETH_DESC_BASE);
    sysbus_connect_irq(sbd, 0, qdev_get_gpio_in(DEVICE(&soc->intmatrix),
                                                ESP32C3_SOURCE_WIFI_MAC));
}

static void esp32c3_machine_init(MachineState *machine)
{
    Esp32c3Machine *m = ESP32C3_MACHINE(machine);
    DriveInfo *drive = drive_get(IF_MTD, 0, 0);
    /* The factory's address, unless the network card was given one. */
    MACAddr mac = { { 0x02, 0x00, 0x00, 0xc3, 0x00, 0x01 } };

    object_initialize_child(OBJECT(m), "soc", &m->soc, TYPE_ESP32C3_SOC);
    if (drive) {
        qdev_prop_set_drive(DEVICE(&m->soc.flash), "drive",
                            blk_by_legacy_dinfo(drive));
    }
    if (serial_hd(0)) {
        qdev_prop_set_chr(DEVICE(&m->soc.uart), "chardev", serial_hd(0));
    }
    if (nd_table[0].used) {
        qemu_macaddr_default_if_unset(&nd_table[0].macaddr);
        mac = nd_table[0].macaddr;
    }
    qdev_prop_set_macaddr(DEVICE(&m->soc.efuse), "mac", mac.a);
    qdev_realize(DEVICE(&m->soc), NULL, &error_fatal);
    if (nd_table[0].used) {
        add_ethernet(&m->soc, &nd_table[0]);
    }
    load_rom(machine, &m->soc);
}

static void esp32c3_machine_reset(MachineState *machine, ShutdownCause reason)
{
    Esp32c3Soc *soc = &ESP32C3_MACHINE(machine)->soc;

    qemu_devices_reset(reason);
    if (soc->rtc.cause == ESP32C3_RESET_POWER_ON) {
        memset(memory_region_get_ram_ptr(&soc->rtc_ram), 0,
               ESP32C3_RTC_RAM_SIZE);
        memset(memory_region_get_ram_ptr(&soc->sram1_data), 0,
               ESP32C3_SRAM1_SIZE);
    }
}

static void get_guest_time(Object *obj, Visitor *v, const char *name,
                           void *opaque, Error **errp)
{
    uint64_t ns;

    esp32c3_sync_clock();
    ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
    visit_type_uint64(v, name, &ns, errp);
}

static void get_busy_time(Object *obj, Visitor *v, const char *name,
                          void *opaque, Error **errp)
{
    uint64_t ns;

    esp32c3_sync_clock();
    if (icount_enabled() != 1) {
        error_setg(errp, "busy-time-ns needs -icount with a fixed shift");
        return;
    }
    ns = icount_to_ns(icount_get_raw());
    visit_type_uint64(v, name, &ns, errp);
}

static bool get_quiet(Object *obj, Error **errp)
{
    return icount_is_quiet();
}

static void set_quiet(Object *obj, bool expected, Error **errp)
{
    icount_expect_quiet(expected);
}

static void get_skip_idle(Object *obj, Visitor *v, const char *name,
                          void *opaque, Error **errp)
{
    uint64_t ns = icount_enabled() == 1 ? icount_skip_remaining() : 0;

    visit_type_uint64(v, name, &ns, errp);
}

static void set_skip_idle(Object *obj, Visitor *v, const char *name,
                          void *opaque, Error **errp)
{
    uint64_t limit;

    if (!visit_type_uint64(v, name, &limit, errp)) {
        return;
    }
    if (icount_enabled() != 1) {
        error_setg(errp, "skip-idle needs -icount with a fixed shift");
        return;
    }
    icount_skip_idle(MIN(limit, INT64_MAX / 2));
}

static void get_lease(Object *obj, Visitor *v, const char *name,
                      void *opaque, Error **errp)
{
    uint64_t ns = icount_enabled() == 1 ? icount_lease_remaining() : 0;

    visit_type_uint64(v, name, &ns, errp);
}

static void set_lease(Object *obj, Visitor *v, const char *name,
                      void *opaque, Error **errp)
{
    uint64_t length;

    if (!visit_type_uint64(v, name, &length, errp)) {
        return;
    }
    if (icount_enabled() != 1) {
        error_setg(errp, "lease needs -icount with a fixed shift");
        return;
    }
    icount_set_lease(MIN(length, INT64_MAX / 4));
}

static void esp32c3_machine_class_init(ObjectClass *klass, void *data)
{
    MachineClass *mc = MACHINE_CLASS(klass);

    mc->desc = "ESP32-C3 with flash, console and Ethernet";
    mc->init = esp32c3_machine_init;
    mc->reset = esp32c3_machine_reset;
    mc->default_cpu_type = TYPE_ESP32C3_CPU;
    mc->max_cpus = 1;
    mc->block_default_type = IF_MTD;
    mc->no_floppy = 1;
    mc->no_cdrom = 1;
    mc->no_parallel = 1;

    object_class_property_add(klass, "guest-time-ns", "uint64",
                              get_guest_time, NULL, NULL, NULL);
    object_class_property_set_description(klass, "guest-time-ns",
        "Time that has passed for the guest, in nanoseconds");
    object_class_property_add(klass, "busy-time-ns", "uint64",
                              get_busy_time, NULL, NULL, NULL);
    object_class_property_set_description(klass, "busy-time-ns",
        "For how much of that the guest did not idle, in nanoseconds");
    object_class_property_add_bool(klass, "quiet", get_quiet, set_quiet);
    object_class_property_set_description(klass, "quiet",
        "Set it to hear whether the guest sends or receives: then it is off");
    object_class_property_add(klass, "skip-idle", "uint64",
                              get_skip_idle, set_skip_idle, NULL, NULL);
    object_class_property_set_description(klass, "skip-idle",
        "Set to skip the guest's idle time, while it is quiet, for so many "
        "nanoseconds of its own time; reads what is left");
    object_class_property_add(klass, "lease", "uint64",
                              get_lease, set_lease, NULL, NULL);
    object_class_property_set_description(klass, "lease",
        "Set to let the guest run for so many nanoseconds of its own time and "
        "stand then, until it is set anew; 0 for no end; reads what is left");
}

static const TypeInfo esp32c3_machine_types[] = {
    {
        .name = TYPE_ESP32C3_MACHINE,
        .parent = TYPE_MACHINE,
        .instance_size = sizeof(Esp32c3Machine),
        .class_init = esp32c3_machine_class_init,
    },
};

DEFINE_TYPES(esp32c3_machine_types)
