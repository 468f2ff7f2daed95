/*
 * Tests of the system timer and of the timer groups' timers.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "guest.h"

#define ST(offset) REG(SYSTIMER + (offset))
#define ST_CONF    ST(0x00)
#define ST_INT_ENA ST(0x64)
#define ST_INT_RAW ST(0x68)
#define ST_INT_CLR ST(0x6c)
#define ST_INT_ST  ST(0x70)
#define PERIOD_MODE (1u << 30)
#define UNIT1       (1u << 31)
#define TARGET0_ON  (1u << 24)
#define UNIT0_ON    (1u << 30)
#define UNIT1_ON    (1u << 29)

/* volatile: changed by the interrupt handler */
static volatile uint64_t alarm_at;

static void on_alarm(unsigned line)
{
    (void)line;
    alarm_at = ticks();
    ST_INT_CLR = 1;
}

static void set_target(uint64_t target)
{
    ST(0x34) = 0;
    ST(0x1c) = target >> 32;
    ST(0x20) = (uint32_t)target;
    ST(0x50) = 1;
}

static uint64_t unit1(void)
{
    ST(0x08) = 1u << 30;
    return ST(0x4c) | (uint64_t)ST(0x48) << 32;
}

static void test_counter(void)
{
    uint64_t before = ticks();

    expect(ST_CONF, 0x46000000, "SYSTIMER_CONF after reset");
    check(ticks() > before, "unit 0 counts");
    ST_CONF &= ~UNIT0_ON;
    before = ticks();
    expect(ticks() - before, 0, "unit 0 stops");
    ST_CONF |= UNIT0_ON;
    expect(unit1(), 0, "unit 1 stands still after reset");
    ST(0x14) = 1;
    ST(0x18) = 0x1000;
    ST(0x60) = 1;
    check(unit1() == 0x100001000, "unit 1 loaded");
    ST_CONF |= UNIT1_ON;
    spin_us(100);
    expect_between(unit1() - 0x100001000, 1600, 1700, "unit 1 counts");
}

static void test_target(void)
{
    uint64_t target;

    handler[4] = on_alarm;
    route(SOURCE_SYSTIMER, 4, 1);
    interrupts_on();
    ST_INT_ENA = 1;
    target = ticks() + 16000;
    set_target(target);
    spin_us(1200);
    expect(taken[4], 0, "an alarm that is off does not fire");
    ST_CONF |= TARGET0_ON;
    expect_between(taken[4], 1, 1, "a target that has passed fires at once");

    target = ticks() + 16000;
    set_target(target);
    spin_us(900);
    expect(taken[4], 1, "not before its time");
    wait_for_interrupt();
    expect(taken[4], 2, "a target fires");
    expect_between(alarm_at - target, 0, 40, "on time, out of wfi");
    spin_us(1100);
    expect(taken[4], 2, "once");

    ST_INT_ENA = 0;
    set_target(ticks() + 160);
    spin_us(20);
    expect(ST_INT_RAW & 1, 1, "masked: raw");
    expect(ST_INT_ST & 1, 0, "masked: not in the status");
    expect(taken[4], 2, "masked: not taken");
    ST_INT_ENA = 1;
    expect(taken[4], 3, "unmasked: taken");
}

static void test_period(void)
{
    unsigned before = taken[4];
    uint64_t start;

    ST(0x34) = PERIOD_MODE | 1600;
    ST(0x50) = 1;
    start = ticks();
    while (taken[4] < before + 100) {
        wait_for_interrupt();
    }
    expect_between(ticks() - start, 160000, 160050,
                   "100 periods of 100 us are 10 ms");
    /* ESP-IDF's order: the mode comes last. */
    before = taken[4];
    ST_CONF &= ~TARGET0_ON;
    ST(0x34) = 1600;
    ST(0x50) = 1;
    ST_CONF |= TARGET0_ON;
    ST(0x34) = PERIOD_MODE | 1600;
    spin_us(1050);
    expect_between(taken[4] - before, 10, 11, "periods, the mode set last");
    ST_CONF &= ~TARGET0_ON;
    before = taken[4];
    spin_us(500);
    expect(taken[4], before, "switched off");

    ST(0x34) = UNIT1 | PERIOD_MODE | 1600;
    ST_CONF |= TARGET0_ON;
    spin_us(1050);
    expect_between(taken[4] - before, 10, 10, "periods of unit 1");
    ST_CONF &= ~TARGET0_ON;

    /* The next period begins by a unit that is nearly half a turn ahead. */
    ST(0x14) = 1u << 19;
    ST(0x18) = (uint32_t)ticks() - 8000;
    ST(0x60) = 1;
    before = taken[4];
    ST_CONF |= TARGET0_ON;
    ST(0x34) = PERIOD_MODE | 1600;
    spin_us(1050);
    expect_between(taken[4] - before, 10, 12, "periods after the unit changed");
    ST_CONF &= ~TARGET0_ON;
}

#define T0(offset)  REG(TIMG0 + (offset))
#define T0_EN       (1u << 31)
#define T0_UP       (1u << 30)
#define T0_RELOAD   (1u << 29)
#define T0_DIVIDER(n) ((n) << 13)
#define T0_ALARM    (1u << 10)
#define T0_XTAL     (1u << 9)

static uint32_t t0_count(void)
{
    T0(0x0c) = 1u << 31;
    while (T0(0x0c) & (1u << 31)) {
        continue;
    }
    return T0(0x04);
}

static void t0_load(uint32_t value)
{
    T0(0x18) = value;
    T0(0x1c) = 0;
    T0(0x20) = 1;
}

static void on_t0(unsigned line)
{
    (void)line;
    T0(0x7c) = 1;
    T0(0x00) |= T0_ALARM;
}

static void test_group_timer(void)
{
    unsigned before;

    expect(T0(0x00), 0x60002000, "T0CONFIG after reset");
    T0(0x00) = T0_EN | T0_UP | T0_DIVIDER(80);
    t0_load(1000);
    spin_us(100);
    expect_between(t0_count(), 1100, 1105, "counts up at 1 MHz");
    T0(0x00) = T0_EN | T0_DIVIDER(40) | T0_XTAL;
    t0_load(1000);
    spin_us(100);
    expect_between(t0_count(), 895, 900, "counts down, from the crystal");
    T0(0x00) = 0;
    before = t0_count();
    spin_us(10);
    expect(t0_count(), before, "stopped");

    handler[6] = on_t0;
    route(SOURCE_TG0_T0, 6, 1);
    T0(0x70) = 1;
    T0(0x10) = 500;
    T0(0x14) = 0;
    T0(0x00) = T0_UP | T0_RELOAD | T0_DIVIDER(80) | T0_ALARM;
    t0_load(0);
    T0(0x00) |= T0_EN;
    before = taken[6];
    spin_us(2600);
    expect(taken[6] - before, 5, "alarm with reload every 500 us");
    handler[6] = 0;
    spin_us(1000);
    expect(taken[6] - before, 6, "an alarm not set again fires once");
    expect(T0(0x00) & T0_ALARM, 0, "and has switched itself off");
    T0(0x00) = 0;
}

static void test_calibration(void)
{
    T0(0x68) = 1u << 31 | 1024u << 16;
    check(T0(0x68) & (1u << 15), "calibration is ready");
    expect_between(T0(0x6c) >> 7, 301170, 301180,
                   "1024 cycles of 136 kHz in crystal cycles");
}

static void test_rtc_time(void)
{
    uint32_t before;

    REG(RTC + 0x0c) = 1u << 31;
    before = REG(RTC + 0x10);
    spin_us(10000);
    REG(RTC + 0x0c) = 1u << 31;
    expect_between(REG(RTC + 0x10) - before, 1359, 1362,
                   "RTC time runs at 136 kHz");
}

int main(void)
{
    test_counter();
    test_target();
    test_period();
    test_group_timer();
    test_calibration();
    test_rtc_time();
    done();
}
