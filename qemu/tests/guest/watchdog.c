/*
 * Tests of the watchdogs short of their resets.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "guest.h"

#define INTERRUPT 1u
#define CONFIG0   REG(TIMG0 + 0x48)
#define FEED      REG(TIMG0 + 0x60)
#define PROTECT   REG(TIMG0 + 0x64)
#define INT_ENA   REG(TIMG0 + 0x70)
#define INT_CLR   REG(TIMG0 + 0x7c)
#define WDT_ON    (1u << 31 | INTERRUPT << 29 | 1u << 22)

static uint64_t fired_at;

static void on_wdt(unsigned line)
{
    (void)line;
    fired_at = ticks();
    INT_CLR = 2;
}

static void on_rtc_wdt(unsigned line)
{
    (void)line;
    fired_at = ticks();
    REG(RTC + 0x4c) = 1 << 3;
    REG(RTC + 0x90) = 0;
}

static void test_mwdt(void)
{
    uint64_t start;
    int i;

    expect(PROTECT, WDT_KEY, "open after reset");
    handler[10] = on_wdt;
    route(SOURCE_TG0_WDT, 10, 1);
    INT_ENA = 2;
    interrupts_on();
    REG(TIMG0 + 0x4c) = 40000u << 16; /* 0.5 ms */
    REG(TIMG0 + 0x50) = 20;           /* stage 0: 10 ms */
    REG(TIMG0 + 0x54) = 1000;         /* stage 1: 500 ms, off */
    CONFIG0 = WDT_ON;
    start = ticks();
    while (!taken[10] && ticks() - start < 800000) {
        continue;
    }
    expect(taken[10], 1, "the watchdog's interrupt");
    expect_between(fired_at - start, 159000, 161000, "after 10 ms");

    FEED = 1;
    for (i = 0; i < 10; i++) {
        spin_us(8000);
        FEED = 1;
    }
    expect(taken[10], 1, "a watchdog that is fed is quiet");

    PROTECT = 0;
    start = ticks();
    FEED = 1;
    CONFIG0 = 0;
    check(CONFIG0 & (1u << 31), "locked: cannot be switched off");
    while (taken[10] == 1 && ticks() - start < 800000) {
        FEED = 1;
    }
    expect(taken[10], 2, "locked: cannot be fed");
    PROTECT = WDT_KEY;
    CONFIG0 = 0;
    spin_us(20000);
    expect(taken[10], 2, "switched off");

    FEED = 1;
    CONFIG0 = WDT_ON;
    start = ticks();
    wait_for_interrupt();
    expect(taken[10], 3, "it wakes a guest that idles");
    expect_between(fired_at - start, 159000, 161000, "on time");
    CONFIG0 = 0;
}

static void test_rtc_wdt(void)
{
    uint64_t start;

    handler[11] = on_rtc_wdt;
    route(SOURCE_RTC, 11, 1);
    REG(RTC + 0x40) = 1 << 3;
    REG(RTC + 0xa8) = 0;
    REG(RTC + 0x90) = 1u << 31 | INTERRUPT << 28;
    expect(REG(RTC + 0x90) >> 31, 0, "RTC watchdog locked");
    REG(RTC + 0xa8) = WDT_KEY;
    REG(RTC + 0x94) = 680; /* times two, at 136 kHz: 10 ms */
    start = ticks();
    REG(RTC + 0x90) = 1u << 31 | INTERRUPT << 28;
    wait_for_interrupt();
    expect(taken[11], 1, "RTC watchdog's interrupt");
    expect_between(fired_at - start, 159000, 161000, "after 10 ms");

    REG(RTC + 0xb0) = 0;
    REG(RTC + 0xac) = 1u << 31;
    expect(REG(RTC + 0xac) >> 31, 0, "super watchdog locked");
    REG(RTC + 0xb0) = 0x8f1d312a;
    REG(RTC + 0xac) = 1u << 31;
    expect(REG(RTC + 0xac) >> 31, 1, "super watchdog open");
}

int main(void)
{
    test_mwdt();
    test_rtc_wdt();
    done();
}
