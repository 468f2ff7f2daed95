/*
 * A guest that does nothing but tick: 100 times a second it wakes, feeds its
 * watchdog of 300 ms and sleeps again. Each second it prints its time.
 *
 * -DHANG=1 stops feeding and spins, -DHANG=2 stops feeding and sleeps.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "guest.h"

#ifndef HANG

static void on_tick(unsigned line)
{
    REG(SYSTIMER + 0x6c) = 1;
    REG(TIMG0 + 0x60) = 1;
    if (taken[line] % 100 == 0) {
        put("second ");
        put_hex(taken[line] / 100);
        put(" at ");
        put_hex((uint32_t)(ticks() / 16));
        put("\n");
    }
}

static void start_ticks(void)
{
    handler[3] = on_tick;
    route(SOURCE_SYSTIMER, 3, 1);
    REG(SYSTIMER + 0x64) = 1;
    REG(SYSTIMER + 0x34) = 1u << 30 | 160000;
    REG(SYSTIMER) |= 1u << 24;
    interrupts_on();
}

#endif

static void start_watchdog(void)
{
    REG(TIMG0 + 0x4c) = 40000u << 16; /* 0.5 ms */
    REG(TIMG0 + 0x50) = 600;          /* 300 ms */
    REG(TIMG0 + 0x48) = 1u << 31 | 3u << 29 | 1u << 22;
}

int main(void)
{
    put("cause ");
    put_hex(reset_cause());
    put("\n");
    if (reset_cause() != 1) {
        done();
        for (;;) {
            wait_for_interrupt();
        }
    }
    start_watchdog();
#if HANG == 1
    for (;;) {
        continue;
    }
#elif HANG == 2
    for (;;) {
        wait_for_interrupt();
    }
#else
    start_ticks();
    for (;;) {
        wait_for_interrupt();
    }
#endif
}
