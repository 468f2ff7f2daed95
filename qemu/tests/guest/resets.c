/*
 * Tests of resets: each boot checks the cause and brings about the next.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "guest.h"

/* Where the firmware is in its sequence: in RTC RAM. */
#define STEP  REG(0x50001f00)
#define STORE REG(RTC + 0x50)

/* volatile: read back after a reset */
static volatile uint32_t kept __attribute__((section(".noinit")));

/* Let a timer group's watchdog expire with the given action. */
static void expire_mwdt(uint32_t base, uint32_t action)
{
    REG(base + 0x64) = WDT_KEY;
    REG(base + 0x4c) = 80u << 16; /* 1 us */
    REG(base + 0x50) = 1000;
    REG(base + 0x48) = 1u << 31 | action << 29 | 1u << 22;
}

static void expire_rtc_wdt(uint32_t action)
{
    REG(RTC + 0xa8) = WDT_KEY;
    REG(RTC + 0x94) = 136;
    REG(RTC + 0x90) = 1u << 31 | action << 28;
}

static void wait_for_reset(void)
{
    spin_us(20000);
    check(false, "the reset came");
    done();
    for (;;) {
        wait_for_interrupt();
    }
}

static void check_core_reset(uint32_t cause, const char *name)
{
    expect(reset_cause(), cause, name);
    expect(STORE, 0x1111, "STORE0 is kept");
    expect(REG(TIMG0 + 0x18), 0, "peripherals are reset");
    expect(REG(TIMG0 + 0x48) >> 31, 0, "the watchdog is off");
    expect(REG(RTC + 0x90) >> 31, 0, "the RTC watchdog is off");
}

static void check_cpu_reset(uint32_t cause, const char *name)
{
    expect(reset_cause(), cause, name);
    expect(REG(TIMG0 + 0x18), 77, "peripherals are kept");
    expect(kept, 0x7777, "RAM is kept");
    expect(STORE, 0x1111, "STORE0 is kept");
    REG(TIMG0 + 0x48) = 0;
    REG(TIMG1 + 0x48) = 0;
    REG(RTC + 0x90) = 0;
}

int main(void)
{
    switch (STEP++) {
    case 0:
        expect(reset_cause(), 0x01, "power-on");
        expect(STORE, 0, "STORE0 is zero");
        expect(kept, 0, "RAM is zero");
        STORE = 0x1111;
        kept = 0x7777;
        REG(TIMG0 + 0x18) = 77;
        REG(RTC) |= 1u << 5;
        wait_for_reset();
        break;
    case 1:
        check_cpu_reset(0x0c, "software reset of the CPU");
        expire_mwdt(TIMG0, 2);
        wait_for_reset();
        break;
    case 2:
        check_cpu_reset(0x0b, "MWDT0 resets the CPU");
        expire_mwdt(TIMG1, 2);
        wait_for_reset();
        break;
    case 3:
        check_cpu_reset(0x11, "MWDT1 resets the CPU");
        expire_rtc_wdt(2);
        wait_for_reset();
        break;
    case 4:
        check_cpu_reset(0x0d, "RTC watchdog resets the CPU");
        REG(RTC) |= 1u << 31;
        wait_for_reset();
        break;
    case 5:
        check_core_reset(0x03, "software reset of the system");
        expire_mwdt(TIMG0, 3);
        wait_for_reset();
        break;
    case 6:
        check_core_reset(0x07, "MWDT0 resets the system");
        expire_mwdt(TIMG1, 3);
        wait_for_reset();
        break;
    case 7:
        check_core_reset(0x08, "MWDT1 resets the system");
        expire_rtc_wdt(3);
        wait_for_reset();
        break;
    case 8:
        check_core_reset(0x09, "RTC watchdog resets the system");
        expire_rtc_wdt(4);
        wait_for_reset();
        break;
    case 9:
        expect(reset_cause(), 0x10, "RTC watchdog resets the RTC too");
        expect(STORE, 0, "STORE0 is reset with it");
        STORE = 0x2222;
        done();
        break;
    }
}
