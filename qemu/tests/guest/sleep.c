/*
 * A guest that sleeps for an hour of its time, in four pieces.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "guest.h"

#define QUARTER (900ull * 16000000)

static void on_alarm(unsigned line)
{
    (void)line;
    REG(SYSTIMER + 0x6c) = 1;
}

int main(void)
{
    uint64_t target = ticks();
    int i;

    handler[3] = on_alarm;
    route(SOURCE_SYSTIMER, 3, 1);
    REG(SYSTIMER + 0x64) = 1;
    REG(SYSTIMER) |= 1u << 24;
    spin_us(10);
    interrupts_on();
    put("asleep\n");
    for (i = 0; i < 4; i++) {
        unsigned before = taken[3];

        target += QUARTER;
        REG(SYSTIMER + 0x1c) = target >> 32;
        REG(SYSTIMER + 0x20) = (uint32_t)target;
        REG(SYSTIMER + 0x50) = 1;
        while (taken[3] == before) {
            wait_for_interrupt();
        }
        expect_between(ticks() - target, 0, 100, "a quarter of an hour");
    }
    done();
}
