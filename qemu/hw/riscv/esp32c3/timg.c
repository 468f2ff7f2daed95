/*
 * ESP32-C3: timer group.
 *
 * T0 counts up or down from APB_CLK (80 MHz) or XTAL_CLK (40 MHz) through a
 * divider, with an alarm and automatic reload. The main watchdog (MWDT) has
 * its configuration behind a write protection key. The calibration of the RTC
 * clocks against the crystal is done at once.
 *
 * The watchdog's flash boot mode, on after a reset of the chip, is taken to be
 * over: the ROM leaves it off.
 *
 * Sources: ESP-IDF, soc/esp32c3/include/soc/timer_group_reg.h; ESP32-C3
 * Technical Reference Manual, "Timer Group" and "Watchdog Timers".
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/qdev-properties.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "timg.h"

#define A_T0CONFIG      0x00
#define A_T0LO          0x04
#define A_T0HI          0x08
#define A_T0UPDATE      0x0c
#define A_T0ALARMLO     0x10
#define A_T0ALARMHI     0x14
#define A_T0LOADLO      0x18
#define A_T0LOADHI      0x1c
#define A_T0LOAD        0x20
#define A_WDTCONFIG0    0x48
#define A_WDTCONFIG1    0x4c
#define A_WDTCONFIG(stage) (0x50 + (stage) * 4)
#define A_WDTFEED       0x60
#define A_WDTWPROTECT   0x64
#define A_RTCCALICFG    0x68
#define A_RTCCALICFG1   0x6c
#define A_INT_ENA       0x70
#define A_INT_RAW       0x74
#define A_INT_ST        0x78
#define A_INT_CLR       0x7c
#define A_RTCCALICFG2   0x80

#define T0_EN           BIT(31)
#define T0_INCREASE     BIT(30)
#define T0_AUTORELOAD   BIT(29)
#define T0_ALARM_EN     BIT(10)
#define T0_USE_XTAL     BIT(9)
#define WDT_EN          BIT(31)
#define WDT_USE_XTAL    BIT(21)
#define WDT_CONF_UPDATE_EN BIT(22)
#define CALI_START      BIT(31)
#define CALI_RDY        BIT(15)
#define CALI_START_CYCLING BIT(12)
#define CALI1_CYCLING_DATA_VLD BIT(0)
#define INT_T0          BIT(0)
#define INT_WDT         BIT(1)

#define COUNT_MASK      MAKE_64BIT_MASK(0, 54)
#define APB_HZ          80000000
#define XTAL_HZ         40000000

static void timg_update_irq(Esp32c3Timg *s)
{
    uint32_t st = esp32c3_regs_get(&s->parent_obj, A_INT_RAW) &
                  esp32c3_regs_get(&s->parent_obj, A_INT_ENA);

    qemu_set_irq(s->timer_irq, !!(st & INT_T0));
    qemu_set_irq(s->wdt_irq, !!(st & INT_WDT));
}

static void timg_raise(Esp32c3Timg *s, uint32_t bits)
{
    Esp32c3Regs *r = &s->parent_obj;

    esp32c3_regs_set(r, A_INT_RAW, esp32c3_regs_get(r, A_INT_RAW) | bits);
    timg_update_irq(s);
}

/* Timer */

static uint32_t timer_config(Esp32c3Timg *s)
{
    return esp32c3_regs_get(&s->parent_obj, A_T0CONFIG);
}

static uint32_t timer_hz(Esp32c3Timg *s)
{
    return timer_config(s) & T0_USE_XTAL ? XTAL_HZ : APB_HZ;
}

/* 0 and 1 stand for 65536 and 2. */
static uint32_t timer_divider(Esp32c3Timg *s)
{
    uint32_t divider = extract32(timer_config(s), 13, 16);

    return divider == 0 ? 65536 : MAX(divider, 2);
}

static uint64_t timer_count(Esp32c3Timg *s)
{
    int64_t passed = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) - s->start_ns;
    uint64_t ticks;

    if (!(timer_config(s) & T0_EN)) {
        return s->base;
    }
    ticks = muldiv64(passed, timer_hz(s), NANOSECONDS_PER_SECOND) /
            timer_divider(s);
    if (timer_config(s) & T0_INCREASE) {
        return (s->base + ticks) & COUNT_MASK;
    }
    return (s->base - ticks) & COUNT_MASK;
}

static void timer_load(Esp32c3Timg *s, uint64_t value)
{
    s->base = value & COUNT_MASK;
    s->start_ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
}

static uint64_t get_pair(Esp32c3Timg *s, hwaddr lo)
{
    return esp32c3_regs_get(&s->parent_obj, lo) |
           (uint64_t)esp32c3_regs_get(&s->parent_obj, lo + 4) << 32;
}

static void timer_schedule(Esp32c3Timg *s)
{
    uint32_t config = timer_config(s);
    uint64_t target = get_pair(s, A_T0ALARMLO) & COUNT_MASK;
    uint64_t ticks, ns;

    if (!(config & T0_EN) || !(config & T0_ALARM_EN)) {
        timer_del(s->alarm);
        return;
    }
    ticks = config & T0_INCREASE ? target - s->base : s->base - target;
    ticks &= COUNT_MASK;
    if (ticks > COUNT_MASK / 2) {
        ticks = 0; /* passed already */
    }
    if (ticks > INT64_MAX / 65536 / 16) {
        timer_del(s->alarm); /* centuries */
        return;
    }
    ns = muldiv64(ticks * timer_divider(s), NANOSECONDS_PER_SECOND,
                  timer_hz(s)) + 1;
    timer_mod(s->alarm, s->start_ns + MIN(ns, INT64_MAX / 2));
}

static void timer_alarm(void *opaque)
{
    Esp32c3Timg *s = opaque;
    Esp32c3Regs *r = &s->parent_obj;

    /* The alarm is for once: the guest enables it again. */
    esp32c3_regs_set(r, A_T0CONFIG, timer_config(s) & ~T0_ALARM_EN);
    if (timer_config(s) & T0_AUTORELOAD) {
        timer_load(s, get_pair(s, A_T0LOADLO));
    }
    timg_raise(s, INT_T0);
}

static void timer_configure(Esp32c3Timg *s, uint32_t value)
{
    timer_load(s, timer_count(s));
    esp32c3_regs_set(&s->parent_obj, A_T0CONFIG, value);
    timer_schedule(s);
}

/* Watchdog */

static void timg_wdt_expired(void *opaque, Esp32c3WdtAction action)
{
    Esp32c3Timg *s = opaque;

    switch (action) {
    case ESP32C3_WDT_INTERRUPT:
        timg_raise(s, INT_WDT);
        break;
    case ESP32C3_WDT_RESET_CPU:
        esp32c3_rtc_request_reset(s->rtc, s->group ? ESP32C3_RESET_MWDT1_CPU :
                                                     ESP32C3_RESET_MWDT0_CPU);
        break;
    default:
        esp32c3_rtc_request_reset(s->rtc, s->group ? ESP32C3_RESET_MWDT1 :
                                                     ESP32C3_RESET_MWDT0);
        break;
    }
}

/* Take over the configuration registers. */
static void wdt_configure(Esp32c3Timg *s)
{
    Esp32c3Regs *r = &s->parent_obj;
    uint32_t config = esp32c3_regs_get(r, A_WDTCONFIG0);
    uint32_t hz = config & WDT_USE_XTAL ? XTAL_HZ : APB_HZ;
    uint32_t prescale = MAX(esp32c3_regs_get(r, A_WDTCONFIG1) >> 16, 1);
    int stage;

    for (stage = 0; stage < ESP32C3_WDT_STAGES; stage++) {
        uint64_t hold = esp32c3_regs_get(r, A_WDTCONFIG(stage));

        s->wdt.action[stage] = extract32(config, 29 - 2 * stage, 2);
        s->wdt.length_ns[stage] = muldiv64(hold * prescale,
                                           NANOSECONDS_PER_SECOND, hz);
    }
    if (!(config & WDT_EN)) {
        esp32c3_wdt_stop(&s->wdt);
    } else if (s->wdt.running) {
        esp32c3_wdt_reconfigured(&s->wdt);
    } else {
        esp32c3_wdt_start(&s->wdt);
    }
}

static bool wdt_locked(Esp32c3Timg *s)
{
    return esp32c3_regs_get(&s->parent_obj, A_WDTWPROTECT) != ESP32C3_WDT_KEY;
}

static void wdt_write(Esp32c3Timg *s, hwaddr offset, uint32_t value)
{
    Esp32c3Regs *r = &s->parent_obj;

    if (wdt_locked(s)) {
        qemu_log_mask(LOG_GUEST_ERROR,
                      "esp32c3-timg%u: write to locked watchdog register "
                      "0x%02" HWADDR_PRIx "\n", s->group, offset);
        return;
    }
    if (offset == A_WDTFEED) {
        esp32c3_wdt_feed(&s->wdt);
        return;
    }
    if (offset == A_WDTCONFIG0) {
        value &= ~WDT_CONF_UPDATE_EN;
    }
    esp32c3_regs_set(r, offset, value);
    wdt_configure(s);
}

/* Calibration: how many crystal cycles do CALI_MAX slow clock cycles take? */

static void calibrate(Esp32c3Timg *s)
{
    static const uint32_t clock_hz[] = {
        ESP32C3_RC_SLOW_HZ, 17500000 / 256, 32768, ESP32C3_RC_SLOW_HZ,
    };
    uint32_t config = esp32c3_regs_get(&s->parent_obj, A_RTCCALICFG);
    uint32_t cycles = extract32(config, 16, 15);
    uint32_t hz = clock_hz[extract32(config, 13, 2)];
    uint32_t value = muldiv64(cycles, XTAL_HZ, hz);

    esp32c3_regs_set(&s->parent_obj, A_RTCCALICFG1,
                     value << 7 | CALI1_CYCLING_DATA_VLD);
}

/* Registers */

static uint32_t timg_read(Esp32c3Regs *r, hwaddr offset)
{
    switch (offset) {
    case A_INT_ST:
        return esp32c3_regs_get(r, A_INT_RAW) & esp32c3_regs_get(r, A_INT_ENA);
    case A_RTCCALICFG:
        return esp32c3_regs_get(r, offset) | CALI_RDY;
    default:
        return esp32c3_regs_get(r, offset);
    }
}

static void timg_write(Esp32c3Regs *r, hwaddr offset, uint32_t value)
{
    Esp32c3Timg *s = ESP32C3_TIMG(r);

    switch (offset) {
    case A_T0CONFIG:
        timer_configure(s, value);
        return;
    case A_T0UPDATE:
        /* Any write latches the counter, at once. */
        esp32c3_regs_set(r, A_T0LO, timer_count(s));
        esp32c3_regs_set(r, A_T0HI, timer_count(s) >> 32);
        return;
    case A_T0ALARMLO:
    case A_T0ALARMHI:
        esp32c3_regs_set(r, offset, value);
        timer_schedule(s);
        return;
    case A_T0LOAD:
        timer_load(s, get_pair(s, A_T0LOADLO));
        timer_schedule(s);
        return;
    case A_WDTCONFIG0 ... A_WDTFEED:
        wdt_write(s, offset, value);
        return;
    case A_RTCCALICFG:
        esp32c3_regs_set(r, offset, value);
        if (value & (CALI_START | CALI_START_CYCLING)) {
            calibrate(s);
        }
        return;
    case A_INT_ENA:
        esp32c3_regs_set(r, offset, value & (INT_T0 | INT_WDT));
        timg_update_irq(s);
        return;
    case A_INT_CLR:
        esp32c3_regs_set(r, A_INT_RAW,
                         esp32c3_regs_get(r, A_INT_RAW) & ~value);
        timg_update_irq(s);
        return;
    case A_T0LO:
    case A_T0HI:
    case A_INT_RAW:
    case A_INT_ST:
    case A_RTCCALICFG1:
        return;
    default:
        esp32c3_regs_set(r, offset, value);
        return;
    }
}

static void timg_reset(DeviceState *dev)
{
    Esp32c3Timg *s = ESP32C3_TIMG(dev);

    esp32c3_regs_reset(&s->parent_obj);
    timer_load(s, 0);
    timer_del(s->alarm);
    wdt_configure(s);
    calibrate(s);
    timg_update_irq(s);
}

static void timg_init(Object *obj)
{
    Esp32c3Timg *s = ESP32C3_TIMG(obj);

    s->alarm = timer_new_ns(QEMU_CLOCK_VIRTUAL, timer_alarm, s);
    esp32c3_wdt_init(&s->wdt, timg_wdt_expired, s);
    sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->timer_irq);
    sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->wdt_irq);
}

static void timg_finalize(Object *obj)
{
    Esp32c3Timg *s = ESP32C3_TIMG(obj);

    esp32c3_wdt_free(&s->wdt);
    timer_free(s->alarm);
}

static Property timg_properties[] = {
    DEFINE_PROP_LINK("rtc", Esp32c3Timg, rtc, TYPE_ESP32C3_RTC, Esp32c3Rtc *),
    DEFINE_PROP_UINT32("group", Esp32c3Timg, group, 0),
    DEFINE_PROP_END_OF_LIST(),
};

static const Esp32c3ResetValue timg_reset_values[] = {
    { A_T0CONFIG, 0x60002000 },
    { A_WDTCONFIG0, 0x0004c000 },
    { A_WDTCONFIG1, 0x00010000 },
    { A_WDTCONFIG(0), 0x018cba80 },
    { A_WDTCONFIG(1), 0x07ffffff },
    { A_WDTCONFIG(2), 0x000fffff },
    { A_WDTCONFIG(3), 0x000fffff },
    { A_WDTWPROTECT, ESP32C3_WDT_KEY },
    { A_RTCCALICFG, 0x00013000 },
    { A_RTCCALICFG2, 0xffffff98 },
    { 0xf8, 0x02006191 }, /* NTIMERS_DATE */
    { 0xfc, 0x60000000 }, /* REGCLK */
};

static void timg_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    Esp32c3RegsClass *rc = ESP32C3_REGS_CLASS(klass);

    dc->reset = timg_reset;
    device_class_set_props(dc, timg_properties);
    rc->size = 0x100;
    rc->reset_values = timg_reset_values;
    rc->n_reset_values = ARRAY_SIZE(timg_reset_values);
    rc->read = timg_read;
    rc->write = timg_write;
}

static const TypeInfo timg_types[] = {
    {
        .name = TYPE_ESP32C3_TIMG,
        .parent = TYPE_ESP32C3_REGS,
        .instance_size = sizeof(Esp32c3Timg),
        .instance_init = timg_init,
        .instance_finalize = timg_finalize,
        .class_init = timg_class_init,
    },
};

DEFINE_TYPES(timg_types)
