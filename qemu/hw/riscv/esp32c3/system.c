/*
 * ESP32-C3: system registers.
 *
 * Modelled: software interrupts, the CPU's clock, the reset bits of the
 * peripherals there is a model of. Clock gates and power are storage.
 *
 * Sources: ESP-IDF, soc/esp32c3/include/soc/system_reg.h and
 * hal/esp32c3/include/hal/clk_tree_ll.h; ESP32-C3 Technical Reference Manual,
 * "System Registers" and "Reset and Clock".
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/qdev-properties.h"
#include "qemu/module.h"
#include "system.h"

#define A_CPU_PER_CONF     0x008
#define A_PERIP_RST_EN0    0x018
#define A_CPU_INTR_FROM_CPU(n) (0x028 + (n) * 4)
#define A_SYSCLK_CONF      0x058

#define RST_UART0          BIT(2)
#define RST_TIMERGROUP     BIT(13)
#define RST_TIMERGROUP1    BIT(15)
#define RST_SYSTIMER       BIT(29)

#define SOC_CLK_PLL        1
#define SOC_CLK_RC_FAST    2

#define XTAL_HZ            40000000
#define RC_FAST_HZ         17500000

static uint32_t cpu_clock(Esp32c3Regs *r)
{
    uint32_t conf = esp32c3_regs_get(r, A_SYSCLK_CONF);
    uint32_t divider = extract32(conf, 0, 10) + 1;

    switch (extract32(conf, 10, 2)) {
    case SOC_CLK_PLL:
        return extract32(esp32c3_regs_get(r, A_CPU_PER_CONF), 0, 2) ?
               160000000 : 80000000;
    case SOC_CLK_RC_FAST:
        return RC_FAST_HZ / divider;
    default:
        return XTAL_HZ / divider;
    }
}

static void reset_peripherals(Esp32c3System *s, uint32_t bits)
{
    const struct {
        uint32_t bit;
        DeviceState *dev;
    } peripherals[] = {
        { RST_UART0, s->uart0 },
        { RST_TIMERGROUP, s->timg0 },
        { RST_TIMERGROUP1, s->timg1 },
        { RST_SYSTIMER, s->systimer },
    };
    int i;

    for (i = 0; i < ARRAY_SIZE(peripherals); i++) {
        if ((bits & peripherals[i].bit) && peripherals[i].dev) {
            device_cold_reset(peripherals[i].dev);
        }
    }
}

static void system_write(Esp32c3Regs *r, hwaddr offset, uint32_t value)
{
    Esp32c3System *s = ESP32C3_SYSTEM(r);
    uint32_t old = esp32c3_regs_get(r, offset);

    esp32c3_regs_set(r, offset, value);
    switch (offset) {
    case A_CPU_INTR_FROM_CPU(0) ... A_CPU_INTR_FROM_CPU(3):
        qemu_set_irq(s->from_cpu[(offset - A_CPU_INTR_FROM_CPU(0)) / 4],
                     value & 1);
        break;
    case A_PERIP_RST_EN0:
        reset_peripherals(s, value & ~old);
        break;
    case A_CPU_PER_CONF:
    case A_SYSCLK_CONF:
        esp32c3_cpu_set_clock(s->cpu, cpu_clock(r));
        break;
    }
}

static uint32_t system_read(Esp32c3Regs *r, hwaddr offset)
{
    uint32_t value = esp32c3_regs_get(r, offset);

    if (offset == A_SYSCLK_CONF) {
        value = deposit32(value, 12, 7, XTAL_HZ / 1000000);
    }
    return value;
}

static void system_reset(DeviceState *dev)
{
    Esp32c3System *s = ESP32C3_SYSTEM(dev);
    int i;

    esp32c3_regs_reset(&s->parent_obj);
    esp32c3_cpu_set_clock(s->cpu, cpu_clock(&s->parent_obj));
    for (i = 0; i < ESP32C3_SOFTWARE_INTERRUPTS; i++) {
        qemu_set_irq(s->from_cpu[i], 0);
    }
}

static void system_init(Object *obj)
{
    Esp32c3System *s = ESP32C3_SYSTEM(obj);
    int i;

    for (i = 0; i < ESP32C3_SOFTWARE_INTERRUPTS; i++) {
        sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->from_cpu[i]);
    }
}

static Property system_properties[] = {
    DEFINE_PROP_LINK("cpu", Esp32c3System, cpu, TYPE_ESP32C3_CPU,
                     Esp32c3Cpu *),
    DEFINE_PROP_LINK("uart0", Esp32c3System, uart0, TYPE_DEVICE,
                     DeviceState *),
    DEFINE_PROP_LINK("timg0", Esp32c3System, timg0, TYPE_DEVICE,
                     DeviceState *),
    DEFINE_PROP_LINK("timg1", Esp32c3System, timg1, TYPE_DEVICE,
                     DeviceState *),
    DEFINE_PROP_LINK("systimer", Esp32c3System, systimer, TYPE_DEVICE,
                     DeviceState *),
    DEFINE_PROP_END_OF_LIST(),
};

static const Esp32c3ResetValue system_reset_values[] = {
    { 0x004, 0x000000c0 }, /* CPU_PERI_RST_EN */
    { A_CPU_PER_CONF, 0x0000000c },
    { 0x00c, 0x00000001 }, /* MEM_PD_MASK */
    { 0x010, 0xf9c1e06f }, /* PERIP_CLK_EN0 */
    { 0x014, 0x00000200 }, /* PERIP_CLK_EN1 */
    { 0x01c, 0x000001fe }, /* PERIP_RST_EN1 */
    { 0x020, 0x000000ff }, /* BT_LPCK_DIV_INT */
    { 0x024, 0x02001001 }, /* BT_LPCK_DIV_FRAC */
    { 0x038, 0x00000001 }, /* RSA_PD_CTRL */
    { 0x03c, 0x00000001 }, /* EDMA_CTRL */
    { 0x040, 0x00000005 }, /* CACHE_CONTROL */
    { 0x048, 0x7ff00000 }, /* RTC_FASTMEM_CONFIG */
    { 0x054, 0x00000001 }, /* CLOCK_GATE */
    { A_SYSCLK_CONF, 0x00000001 },
    { 0x05c, 0x00000003 }, /* MEM_PVT */
    { 0x060, 0x00000003 }, /* COMB_PVT_LVT_CONF */
    { 0x064, 0x00000003 }, /* COMB_PVT_NVT_CONF */
    { 0x068, 0x00000003 }, /* COMB_PVT_HVT_CONF */
    { 0xffc, 0x02007150 }, /* DATE */
};

static void system_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    Esp32c3RegsClass *rc = ESP32C3_REGS_CLASS(klass);

    dc->reset = system_reset;
    device_class_set_props(dc, system_properties);
    rc->size = 0x1000;
    rc->reset_values = system_reset_values;
    rc->n_reset_values = ARRAY_SIZE(system_reset_values);
    rc->read = system_read;
    rc->write = system_write;
}

static const TypeInfo system_types[] = {
    {
        .name = TYPE_ESP32C3_SYSTEM,
        .parent = TYPE_ESP32C3_REGS,
        .instance_size = sizeof(Esp32c3System),
        .instance_init = system_init,
        .class_init = system_class_init,
    },
};

DEFINE_TYPES(system_types)
