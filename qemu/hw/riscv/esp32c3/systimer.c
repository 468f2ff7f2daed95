/*
 * ESP32-C3: system timer, two 52-bit counters at 16 MHz and three alarms.
 *
 * A counter is latched into its VALUE registers by OP.UPDATE, which is done at
 * once here. An alarm compares with one of the counters, either once with its
 * target or each period; COMPn_LOAD makes a newly written target or period
 * take effect. A target that has passed already fires at once.
 *
 * Sources: ESP-IDF, soc/esp32c3/include/soc/systimer_reg.h; ESP32-C3 Technical
 * Reference Manual, "System Timer".
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "hw/irq.h"
#include "qemu/module.h"
#include "qemu/timer.h"
#include "systimer.h"

#define A_CONF          0x00
#define A_UNIT_OP(u)    (0x04 + (u) * 4)
#define A_UNIT_LOAD_HI(u) (0x0c + (u) * 8)
#define A_UNIT_LOAD_LO(u) (0x10 + (u) * 8)
#define A_TARGET_HI(t)  (0x1c + (t) * 8)
#define A_TARGET_LO(t)  (0x20 + (t) * 8)
#define A_TARGET_CONF(t) (0x34 + (t) * 4)
#define A_UNIT_VALUE_HI(u) (0x40 + (u) * 8)
#define A_UNIT_VALUE_LO(u) (0x44 + (u) * 8)
#define A_COMP_LOAD(t)  (0x50 + (t) * 4)
#define A_UNIT_LOAD(u)  (0x5c + (u) * 4)
#define A_INT_ENA       0x64
#define A_INT_RAW       0x68
#define A_INT_CLR       0x6c
#define A_INT_ST        0x70

#define CONF_UNIT_WORK_EN(u)   BIT(30 - (u))
#define CONF_TARGET_WORK_EN(t) BIT(24 - (t))
#define OP_UPDATE              BIT(30)
#define OP_VALUE_VALID         BIT(29)
#define TARGET_PERIOD_MASK     0x03ffffffu
#define TARGET_PERIOD_MODE     BIT(30)
#define TARGET_UNIT_SEL        BIT(31)

#define COUNT_MASK      MAKE_64BIT_MASK(0, 52)

/* One tick is 62.5 ns: two ticks are 125 ns. */
static uint64_t ns_to_ticks(uint64_t ns)
{
    return muldiv64(ns, 2, 125);
}

/* The first nanosecond at which @ticks have passed. */
static uint64_t ticks_to_ns(uint64_t ticks)
{
    return muldiv64(ticks, 125, 2) + (ticks & 1);
}

/* Counters */

static uint64_t unit_count_at(Esp32c3SysTimerUnit *u, int64_t now)
{
    uint64_t ticks = u->running ? ns_to_ticks(now - u->start_ns) : 0;

    return (u->base + ticks) & COUNT_MASK;
}

static void unit_set_running(Esp32c3SysTimerUnit *u, bool running)
{
    int64_t now = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);

    if (running != u->running) {
        u->base = unit_count_at(u, now);
        u->start_ns = now;
        u->running = running;
    }
}

static void unit_load(Esp32c3SysTimerUnit *u, uint64_t value)
{
    u->base = value & COUNT_MASK;
    u->start_ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
}

/* Alarms */

static void systimer_update_irq(Esp32c3SysTimer *s)
{
    uint32_t st = esp32c3_regs_get(&s->parent_obj, A_INT_RAW) &
                  esp32c3_regs_get(&s->parent_obj, A_INT_ENA);
    int t;

    for (t = 0; t < ESP32C3_SYSTIMER_ALARMS; t++) {
        qemu_set_irq(s->alarm[t].irq, !!(st & BIT(t)));
    }
}

static Esp32c3SysTimerUnit *alarm_unit(Esp32c3SysTimer *s, int t)
{
    uint32_t conf = esp32c3_regs_get(&s->parent_obj, A_TARGET_CONF(t));

    return &s->unit[!!(conf & TARGET_UNIT_SEL)];
}

/* Set the host timer of an alarm for its next match, if there is one. */
static void alarm_schedule(Esp32c3SysTimer *s, int t)
{
    Esp32c3SysTimerAlarm *a = &s->alarm[t];
    Esp32c3SysTimerUnit *u = alarm_unit(s, t);
    uint32_t conf = esp32c3_regs_get(&s->parent_obj, A_CONF);
    uint64_t wait;

    if (!a->armed || !u->running || !(conf & CONF_TARGET_WORK_EN(t))) {
        timer_del(a->timer);
        return;
    }
    wait = (a->match - u->base) & COUNT_MASK;
    if (wait > COUNT_MASK / 2) {
        wait = 0; /* passed already */
    }
    timer_mod(a->timer, u->start_ns + ticks_to_ns(wait));
}

static void alarm_fired(void *opaque)
{
    Esp32c3SysTimerAlarm *a = opaque;
    Esp32c3SysTimer *s = a->owner;
    Esp32c3Regs *r = &s->parent_obj;
    int t = a - s->alarm;
    uint32_t conf = esp32c3_regs_get(r, A_TARGET_CONF(t));
    uint32_t period = conf & TARGET_PERIOD_MASK;

    /*
     * The interrupt comes before anything else: setting a timer while the
     * guest idles would count the host's time until it wakes as the guest's.
     */
    esp32c3_regs_set(r, A_INT_RAW, esp32c3_regs_get(r, A_INT_RAW) | BIT(t));
    systimer_update_irq(s);
    a->armed = false;
    if ((conf & TARGET_PERIOD_MODE) && period) {
        /* Periods that went by unseen while the host slept are one alarm. */
        uint64_t now = unit_count_at(alarm_unit(s, t),
                                     qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL));
        uint64_t late = (now - a->match) & COUNT_MASK;

        if (late > COUNT_MASK / 2) {
            /*
             * Before its time: by a tick, as both clocks are rounded, or by
             * years, where the guest has changed the unit it goes by.
             */
            if (((a->match - now) & COUNT_MASK) > period) {
                a->match = now;
            }
            late = 0;
        }
        a->match = (a->match + (late / period + 1) * period) & COUNT_MASK;
        a->armed = true;
        alarm_schedule(s, t);
    }
}

/* COMPn_LOAD: take over the target, or start the first period. */
static void alarm_load(Esp32c3SysTimer *s, int t)
{
    Esp32c3Regs *r = &s->parent_obj;
    Esp32c3SysTimerAlarm *a = &s->alarm[t];
    uint32_t conf = esp32c3_regs_get(r, A_TARGET_CONF(t));

    if (conf & TARGET_PERIOD_MODE) {
        a->match = unit_count_at(alarm_unit(s, t),
                                 qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL)) +
                   (conf & TARGET_PERIOD_MASK);
    } else {
        a->match = esp32c3_regs_get(r, A_TARGET_LO(t)) |
                   (uint64_t)esp32c3_regs_get(r, A_TARGET_HI(t)) << 32;
    }
    a->match &= COUNT_MASK;
    a->armed = true;
    alarm_schedule(s, t);
}

static void systimer_schedule_all(Esp32c3SysTimer *s)
{
    int t;

    for (t = 0; t < ESP32C3_SYSTIMER_ALARMS; t++) {
        alarm_schedule(s, t);
    }
}

static void systimer_configure(Esp32c3SysTimer *s, uint32_t conf)
{
    uint32_t old = esp32c3_regs_get(&s->parent_obj, A_CONF);
    int i;

    esp32c3_regs_set(&s->parent_obj, A_CONF, conf);
    for (i = 0; i < ESP32C3_SYSTIMER_UNITS; i++) {
        unit_set_running(&s->unit[i], conf & CONF_UNIT_WORK_EN(i));
    }
    for (i = 0; i < ESP32C3_SYSTIMER_ALARMS; i++) {
        if (conf & ~old & CONF_TARGET_WORK_EN(i)) {
            alarm_load(s, i);
        }
    }
    systimer_schedule_all(s);
}

/* Registers */

static void systimer_latch(Esp32c3SysTimer *s, int u)
{
    uint64_t count = unit_count_at(&s->unit[u],
                                   qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL));

    esp32c3_regs_set(&s->parent_obj, A_UNIT_VALUE_LO(u), count);
    esp32c3_regs_set(&s->parent_obj, A_UNIT_VALUE_HI(u), count >> 32);
}

static uint32_t systimer_read(Esp32c3Regs *r, hwaddr offset)
{
    if (offset == A_INT_ST) {
        return esp32c3_regs_get(r, A_INT_RAW) & esp32c3_regs_get(r, A_INT_ENA);
    }
    return esp32c3_regs_get(r, offset);
}

static void systimer_write(Esp32c3Regs *r, hwaddr offset, uint32_t value)
{
    Esp32c3SysTimer *s = ESP32C3_SYSTIMER(r);
    bool period_begins;
    int i;

    switch (offset) {
    case A_CONF:
        systimer_configure(s, value);
        return;
    case A_UNIT_OP(0):
    case A_UNIT_OP(1):
        if (value & OP_UPDATE) {
            systimer_latch(s, (offset - A_UNIT_OP(0)) / 4);
        }
        esp32c3_regs_set(r, offset, OP_VALUE_VALID);
        return;
    case A_UNIT_LOAD(0):
    case A_UNIT_LOAD(1):
        i = (offset - A_UNIT_LOAD(0)) / 4;
        if (value & 1) {
            unit_load(&s->unit[i],
                      esp32c3_regs_get(r, A_UNIT_LOAD_LO(i)) |
                      (uint64_t)esp32c3_regs_get(r, A_UNIT_LOAD_HI(i)) << 32);
            systimer_schedule_all(s);
        }
        return;
    case A_COMP_LOAD(0):
    case A_COMP_LOAD(1):
    case A_COMP_LOAD(2):
        if (value & 1) {
            alarm_load(s, (offset - A_COMP_LOAD(0)) / 4);
        }
        return;
    case A_TARGET_CONF(0):
    case A_TARGET_CONF(1):
    case A_TARGET_CONF(2):
        i = (offset - A_TARGET_CONF(0)) / 4;
        period_begins = value & ~esp32c3_regs_get(r, offset) &
                        TARGET_PERIOD_MODE;
        esp32c3_regs_set(r, offset, value);
        if (period_begins) {
            alarm_load(s, i);
        } else {
            alarm_schedule(s, i);
        }
        return;
    case A_INT_CLR:
        esp32c3_regs_set(r, A_INT_RAW,
                         esp32c3_regs_get(r, A_INT_RAW) & ~value);
        systimer_update_irq(s);
        return;
    case A_INT_ENA:
        esp32c3_regs_set(r, offset, value & 7);
        systimer_update_irq(s);
        return;
    case A_INT_RAW:
    case A_INT_ST:
    case A_UNIT_VALUE_HI(0) ... A_UNIT_VALUE_LO(1):
        return;
    default:
        esp32c3_regs_set(r, offset, value);
        return;
    }
}

static void systimer_reset(DeviceState *dev)
{
    Esp32c3SysTimer *s = ESP32C3_SYSTIMER(dev);
    uint32_t conf;
    int i;

    esp32c3_regs_reset(&s->parent_obj);
    conf = esp32c3_regs_get(&s->parent_obj, A_CONF);
    for (i = 0; i < ESP32C3_SYSTIMER_UNITS; i++) {
        s->unit[i].running = conf & CONF_UNIT_WORK_EN(i);
        unit_load(&s->unit[i], 0);
    }
    for (i = 0; i < ESP32C3_SYSTIMER_ALARMS; i++) {
        s->alarm[i].armed = false;
        timer_del(s->alarm[i].timer);
    }
    systimer_update_irq(s);
}

static void systimer_init(Object *obj)
{
    Esp32c3SysTimer *s = ESP32C3_SYSTIMER(obj);
    int i;

    for (i = 0; i < ESP32C3_SYSTIMER_ALARMS; i++) {
        s->alarm[i].owner = s;
        s->alarm[i].timer = timer_new_ns(QEMU_CLOCK_VIRTUAL, alarm_fired,
                                         &s->alarm[i]);
        sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->alarm[i].irq);
    }
}

static void systimer_finalize(Object *obj)
{
    Esp32c3SysTimer *s = ESP32C3_SYSTIMER(obj);
    int i;

    for (i = 0; i < ESP32C3_SYSTIMER_ALARMS; i++) {
        timer_free(s->alarm[i].timer);
    }
}

static const Esp32c3ResetValue systimer_reset_values[] = {
    { A_CONF, 0x46000000 },
    { 0xfc, 0x02006171 }, /* DATE */
};

static void systimer_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    Esp32c3RegsClass *rc = ESP32C3_REGS_CLASS(klass);

    dc->reset = systimer_reset;
    rc->size = 0x100;
    rc->reset_values = systimer_reset_values;
    rc->n_reset_values = ARRAY_SIZE(systimer_reset_values);
    rc->read = systimer_read;
    rc->write = systimer_write;
}

static const TypeInfo systimer_types[] = {
    {
        .name = TYPE_ESP32C3_SYSTIMER,
        .parent = TYPE_ESP32C3_REGS,
        .instance_size = sizeof(Esp32c3SysTimer),
        .instance_init = systimer_init,
        .instance_finalize = systimer_finalize,
        .class_init = systimer_class_init,
    },
};

DEFINE_TYPES(systimer_types)
