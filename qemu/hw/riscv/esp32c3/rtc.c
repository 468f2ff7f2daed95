/*
 * ESP32-C3: low-power management (RTC_CNTL).
 *
 * Modelled: software resets and the reset cause, the RTC watchdog, the time
 * counter on the slow clock, the interrupt registers, the general purpose
 * STORE registers. The rest (power domains, clocks, pads, sleep) is storage.
 * The super watchdog is always fed, as its own automatic feed would.
 *
 * A reset of the core alone leaves everything but the CPU as it is; one of the
 * digital system leaves the RTC as it is, apart from its watchdog, which
 * stops; only power-on and the RTC's own reset begin from the reset values.
 *
 * Sources: ESP-IDF, soc/esp32c3/include/soc/rtc_cntl_reg.h and
 * hal/esp32c3/include/hal/rwdt_ll.h; ESP32-C3 Technical Reference Manual,
 * "Reset and Clock" and "Low-Power Management".
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/qdev-properties.h"
#include "qapi/qapi-events-run-state.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "sysemu/runstate.h"
#include "rtc.h"

#define A_OPTIONS0      0x000
#define A_TIME_UPDATE   0x00c
#define A_TIME_LOW0     0x010
#define A_TIME_HIGH0    0x014
#define A_STATE0        0x018
#define A_RESET_STATE   0x038
#define A_INT_ENA       0x040
#define A_INT_RAW       0x044
#define A_INT_ST        0x048
#define A_INT_CLR       0x04c
#define A_CLK_CONF      0x070
#define A_WDTCONFIG0    0x090
#define A_WDTCONFIG(stage) (0x094 + (stage) * 4)
#define A_WDTFEED       0x0a4
#define A_WDTWPROTECT   0x0a8
#define A_SWD_CONF      0x0ac
#define A_SWD_WPROTECT  0x0b0
#define A_TIME_LOW1     0x0dc
#define A_TIME_HIGH1    0x0e0
#define A_INT_ENA_W1TS  0x100
#define A_INT_ENA_W1TC  0x104

#define OPTIONS0_SW_SYS_RST    BIT(31)
#define OPTIONS0_SW_PROCPU_RST BIT(5)
#define TIME_UPDATE            BIT(31)
#define STATE0_SLEEP_EN        BIT(31)
#define INT_WDT                BIT(3)
#define WDT_EN                 BIT(31)
#define WDT_FEED               BIT(31)
#define RESET_CAUSE_MASK       0x3f
#define SWD_KEY                0x8f1d312a

/* Resets */

static bool resets_cpu_only(Esp32c3ResetCause cause)
{
    switch (cause) {
    case ESP32C3_RESET_MWDT0_CPU:
    case ESP32C3_RESET_MWDT1_CPU:
    case ESP32C3_RESET_RTC_WDT_CPU:
    case ESP32C3_RESET_SW_CPU:
        return true;
    default:
        return false;
    }
}

static bool resets_rtc(Esp32c3ResetCause cause)
{
    return cause == ESP32C3_RESET_POWER_ON ||
           cause == ESP32C3_RESET_RTC_WDT_RTC;
}

void esp32c3_rtc_request_reset(Esp32c3Rtc *rtc, Esp32c3ResetCause cause)
{
    if (resets_cpu_only(cause)) {
        rtc->cause = cause;
        esp32c3_cpu_request_reset(rtc->cpu);
        qapi_event_send_reset(true, SHUTDOWN_CAUSE_GUEST_RESET);
        return;
    }
    rtc->pending = cause;
    qemu_system_reset_request(SHUTDOWN_CAUSE_GUEST_RESET);
}

/* Interrupts */

static void rtc_set_int(Esp32c3Rtc *s, hwaddr offset, uint32_t value)
{
    Esp32c3Regs *r = &s->parent_obj;

    esp32c3_regs_set(r, offset, value);
    qemu_set_irq(s->irq, !!(esp32c3_regs_get(r, A_INT_RAW) &
                            esp32c3_regs_get(r, A_INT_ENA)));
}

/* Time */

static uint32_t slow_clock_hz(Esp32c3Rtc *s)
{
    static const uint32_t hz[] = {
        ESP32C3_RC_SLOW_HZ, 32768, 17500000 / 256, ESP32C3_RC_SLOW_HZ,
    };

    return hz[esp32c3_regs_get(&s->parent_obj, A_CLK_CONF) >> 30];
}

static uint64_t rtc_time(Esp32c3Rtc *s)
{
    int64_t passed = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) - s->time_ns;

    return s->time_base + muldiv64(passed, slow_clock_hz(s),
                                   NANOSECONDS_PER_SECOND);
}

static void rtc_latch_time(Esp32c3Rtc *s)
{
    Esp32c3Regs *r = &s->parent_obj;
    uint64_t now = rtc_time(s);

    /* The previous reading moves on to the second pair. */
    esp32c3_regs_set(r, A_TIME_LOW1, esp32c3_regs_get(r, A_TIME_LOW0));
    esp32c3_regs_set(r, A_TIME_HIGH1, esp32c3_regs_get(r, A_TIME_HIGH0));
    esp32c3_regs_set(r, A_TIME_LOW0, now);
    esp32c3_regs_set(r, A_TIME_HIGH0, extract64(now, 32, 16));
}

static void rtc_set_clock(Esp32c3Rtc *s, uint32_t conf)
{
    s->time_base = rtc_time(s);
    s->time_ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
    esp32c3_regs_set(&s->parent_obj, A_CLK_CONF, conf);
}

/* Watchdog */

static void rtc_wdt_expired(void *opaque, Esp32c3WdtAction action)
{
    Esp32c3Rtc *s = opaque;

    switch (action) {
    case ESP32C3_WDT_INTERRUPT:
        rtc_set_int(s, A_INT_RAW,
                    esp32c3_regs_get(&s->parent_obj, A_INT_RAW) | INT_WDT);
        break;
    case ESP32C3_WDT_RESET_CPU:
        esp32c3_rtc_request_reset(s, ESP32C3_RESET_RTC_WDT_CPU);
        break;
    case ESP32C3_WDT_RESET_SYSTEM:
        esp32c3_rtc_request_reset(s, ESP32C3_RESET_RTC_WDT);
        break;
    default:
        esp32c3_rtc_request_reset(s, ESP32C3_RESET_RTC_WDT_RTC);
        break;
    }
}

static void wdt_configure(Esp32c3Rtc *s)
{
    Esp32c3Regs *r = &s->parent_obj;
    uint32_t config = esp32c3_regs_get(r, A_WDTCONFIG0);
    int stage;

    for (stage = 0; stage < ESP32C3_WDT_STAGES; stage++) {
        uint64_t hold = esp32c3_regs_get(r, A_WDTCONFIG(stage));
        uint32_t action = extract32(config, 28 - 3 * stage, 3);

        if (stage == 0) {
            hold *= 2; /* eFuse WDT_DELAY_SEL is 0 */
        }
        s->wdt.action[stage] = MIN(action, ESP32C3_WDT_RESET_RTC);
        s->wdt.length_ns[stage] = muldiv64(hold, NANOSECONDS_PER_SECOND,
                                           slow_clock_hz(s));
    }
    if (!(config & WDT_EN)) {
        esp32c3_wdt_stop(&s->wdt);
    } else if (s->wdt.running) {
        esp32c3_wdt_reconfigured(&s->wdt);
    } else {
        esp32c3_wdt_start(&s->wdt);
    }
}

static void protected_write(Esp32c3Rtc *s, hwaddr offset, uint32_t value,
                            hwaddr lock, uint32_t key)
{
    Esp32c3Regs *r = &s->parent_obj;

    if (esp32c3_regs_get(r, lock) != key) {
        qemu_log_mask(LOG_GUEST_ERROR,
                      "esp32c3-rtc: write to locked watchdog register "
                      "0x%02" HWADDR_PRIx "\n", offset);
        return;
    }
    if (offset == A_WDTFEED) {
        if (value & WDT_FEED) {
            esp32c3_wdt_feed(&s->wdt);
        }
        return;
    }
    esp32c3_regs_set(r, offset, value);
    if (offset != A_SWD_CONF) {
        wdt_configure(s);
    }
}

/* Registers */

static uint32_t rtc_read(Esp32c3Regs *r, hwaddr offset)
{
    Esp32c3Rtc *s = ESP32C3_RTC(r);

    switch (offset) {
    case A_RESET_STATE:
        return (esp32c3_regs_get(r, offset) & ~RESET_CAUSE_MASK) | s->cause;
    case A_INT_ST:
        return esp32c3_regs_get(r, A_INT_RAW) & esp32c3_regs_get(r, A_INT_ENA);
    default:
        return esp32c3_regs_get(r, offset);
    }
}

static void rtc_write_options(Esp32c3Rtc *s, uint32_t value)
{
    esp32c3_regs_set(&s->parent_obj, A_OPTIONS0,
                     value & ~(OPTIONS0_SW_SYS_RST | OPTIONS0_SW_PROCPU_RST));
    if (value & OPTIONS0_SW_SYS_RST) {
        esp32c3_rtc_request_reset(s, ESP32C3_RESET_SW_CORE);
    } else if (value & OPTIONS0_SW_PROCPU_RST) {
        esp32c3_rtc_request_reset(s, ESP32C3_RESET_SW_CPU);
    }
}

static void rtc_write(Esp32c3Regs *r, hwaddr offset, uint32_t value)
{
    Esp32c3Rtc *s = ESP32C3_RTC(r);

    switch (offset) {
    case A_OPTIONS0:
        rtc_write_options(s, value);
        return;
    case A_TIME_UPDATE:
        if (value & TIME_UPDATE) {
            rtc_latch_time(s);
        }
        esp32c3_regs_set(r, offset, value & ~TIME_UPDATE);
        return;
    case A_STATE0:
        if (value & STATE0_SLEEP_EN) {
            qemu_log_mask(LOG_UNIMP, "esp32c3-rtc: sleep is not modelled\n");
        }
        esp32c3_regs_set(r, offset, value & ~STATE0_SLEEP_EN);
        return;
    case A_INT_ENA:
        rtc_set_int(s, A_INT_ENA, value);
        return;
    case A_INT_ENA_W1TS:
        rtc_set_int(s, A_INT_ENA, esp32c3_regs_get(r, A_INT_ENA) | value);
        return;
    case A_INT_ENA_W1TC:
        rtc_set_int(s, A_INT_ENA, esp32c3_regs_get(r, A_INT_ENA) & ~value);
        return;
    case A_INT_CLR:
        rtc_set_int(s, A_INT_RAW, esp32c3_regs_get(r, A_INT_RAW) & ~value);
        return;
    case A_CLK_CONF:
        rtc_set_clock(s, value);
        return;
    case A_WDTCONFIG0 ... A_WDTFEED:
        protected_write(s, offset, value, A_WDTWPROTECT, ESP32C3_WDT_KEY);
        return;
    case A_SWD_CONF:
        protected_write(s, offset, value, A_SWD_WPROTECT, SWD_KEY);
        return;
    case A_TIME_LOW0:
    case A_TIME_HIGH0:
    case A_TIME_LOW1:
    case A_TIME_HIGH1:
    case A_INT_RAW:
    case A_INT_ST:
        return;
    default:
        esp32c3_regs_set(r, offset, value);
        return;
    }
}

static void rtc_reset(DeviceState *dev)
{
    Esp32c3Rtc *s = ESP32C3_RTC(dev);
    Esp32c3Regs *r = &s->parent_obj;

    s->cause = s->pending ? s->pending : ESP32C3_RESET_POWER_ON;
    s->pending = 0;
    if (resets_rtc(s->cause)) {
        esp32c3_regs_reset(r);
        s->time_base = 0;
        s->time_ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
    } else {
        esp32c3_regs_set(r, A_WDTCONFIG0,
                         esp32c3_regs_get(r, A_WDTCONFIG0) & ~WDT_EN);
        esp32c3_regs_set(r, A_WDTWPROTECT, ESP32C3_WDT_KEY);
        esp32c3_regs_set(r, A_SWD_WPROTECT, SWD_KEY);
        esp32c3_regs_set(r, A_INT_ENA, 0);
        esp32c3_regs_set(r, A_INT_RAW, 0);
    }
    wdt_configure(s);
    rtc_set_int(s, A_INT_RAW, 0);
}

static void rtc_init(Object *obj)
{
    Esp32c3Rtc *s = ESP32C3_RTC(obj);

    esp32c3_wdt_init(&s->wdt, rtc_wdt_expired, s);
    sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->irq);
}

static void rtc_finalize(Object *obj)
{
    esp32c3_wdt_free(&ESP32C3_RTC(obj)->wdt);
}

static Property rtc_properties[] = {
    DEFINE_PROP_LINK("cpu", Esp32c3Rtc, cpu, TYPE_ESP32C3_CPU, Esp32c3Cpu *),
    DEFINE_PROP_END_OF_LIST(),
};

static const Esp32c3ResetValue rtc_reset_values[] = {
    { A_OPTIONS0, 0x1c00a000 },
    { 0x01c, 0x28140403 }, /* TIMER1 */
    { 0x020, 0x01000000 }, /* TIMER2 */
    { 0x024, 0x0a080a08 }, /* TIMER3 */
    { 0x028, 0x10200a08 }, /* TIMER4 */
    { 0x02c, 0x00008000 }, /* TIMER5 */
    { 0x030, 0x0a080000 }, /* TIMER6 */
    { 0x034, 0x00c40000 }, /* ANA_CONF */
    { A_RESET_STATE, 0x00003000 },
    { 0x03c, 0x00060000 }, /* WAKEUP_STATE */
    { 0x060, 0x00066c80 }, /* EXT_XTL_CONF */
    { A_CLK_CONF, 0x11583218 },
    { 0x074, 0x00400000 }, /* SLOW_CLK_CONF */
    { 0x078, 0x0ab0be0a }, /* SDIO_CONF */
    { 0x07c, 0x00010800 }, /* BIAS_CONF */
    { 0x080, 0xa0000000 }, /* RTC_CNTL */
    { 0x088, 0x00555010 }, /* DIG_PWC */
    { 0x08c, 0xaa805080 }, /* DIG_ISO */
    { A_WDTCONFIG0, 0x00013214 },
    { A_WDTCONFIG(0), 0x00030d40 },
    { A_WDTCONFIG(1), 0x00013880 },
    { A_WDTCONFIG(2), 0x00000fff },
    { A_WDTCONFIG(3), 0x00000fff },
    { A_WDTWPROTECT, ESP32C3_WDT_KEY },
    { A_SWD_CONF, 0x04b00000 },
    { A_SWD_WPROTECT, SWD_KEY },
    { 0x0d8, 0x43ff0010 }, /* BROWN_OUT */
    { 0x0e8, 0x0ff00000 }, /* XTAL32K_CONF */
    { 0x0fc, 0x0000c800 }, /* ULP_CP_TIMER_1 */
    { 0x108, 0xa0d00000 }, /* RETENTION_CTRL */
    { 0x10c, 0x00000007 }, /* FIB_SEL */
    { 0x1fc, 0x02007270 }, /* DATE */
};

static void rtc_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    Esp32c3RegsClass *rc = ESP32C3_REGS_CLASS(klass);

    dc->reset = rtc_reset;
    device_class_set_props(dc, rtc_properties);
    rc->size = 0x800;
    rc->reset_values = rtc_reset_values;
    rc->n_reset_values = ARRAY_SIZE(rtc_reset_values);
    rc->read = rtc_read;
    rc->write = rtc_write;
}

static const TypeInfo rtc_types[] = {
    {
        .name = TYPE_ESP32C3_RTC,
        .parent = TYPE_ESP32C3_REGS,
        .instance_size = sizeof(Esp32c3Rtc),
        .instance_init = rtc_init,
        .instance_finalize = rtc_finalize,
        .class_init = rtc_class_init,
    },
};

DEFINE_TYPES(rtc_types)
