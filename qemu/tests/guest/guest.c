/*
 * Test firmware: what the tests share.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "guest.h"

void (*handler[32])(unsigned line);
/* volatile: changed by the trap handler */
volatile unsigned taken[32];
/* volatile: changed by the trap handler */
volatile uint32_t trap_cause, trap_pc, trap_value, resume_at;
uint32_t stack_at_entry;

uint32_t on_trap(uint32_t cause, uint32_t pc, uint32_t value)
{
    unsigned line = cause & 31;

    if (cause >> 31) {
        taken[line]++;
        if (handler[line]) {
            handler[line](line);
        } else {
            /* Nobody asked for it: once is enough. */
            MATRIX_ENABLE &= ~(1u << line);
        }
        return 0;
    }
    trap_cause = cause;
    trap_pc = pc;
    trap_value = value;
    if (resume_at) {
        return resume_at;
    }
    return pc + ((*(uint16_t *)(uintptr_t)pc & 3) == 3 ? 4 : 2);
}

void put_char(char c)
{
    while (((REG(UART + 0x1c) >> 16) & 0x3ff) >= 128) {
        continue;
    }
    REG(UART) = c;
}

void put(const char *text)
{
    while (*text) {
        put_char(*text++);
    }
}

void put_hex(uint32_t value)
{
    int shift;

    put("0x");
    for (shift = 28; shift >= 0; shift -= 4) {
        put_char("0123456789abcdef"[(value >> shift) & 15]);
    }
}

void check(bool passed, const char *name)
{
    put(passed ? "ok " : "FAILED ");
    put(name);
    put("\n");
}

void expect(uint32_t seen, uint32_t expected, const char *name)
{
    if (seen == expected) {
        check(true, name);
        return;
    }
    put("FAILED ");
    put(name);
    put(": seen ");
    put_hex(seen);
    put(", expected ");
    put_hex(expected);
    put("\n");
}

void expect_between(uint32_t seen, uint32_t low, uint32_t high,
                    const char *name)
{
    if (seen >= low && seen <= high) {
        check(true, name);
        return;
    }
    put("FAILED ");
    put(name);
    put(": seen ");
    put_hex(seen);
    put(", expected ");
    put_hex(low);
    put(" to ");
    put_hex(high);
    put("\n");
}

void done(void)
{
    put("done\n");
}

uint64_t ticks(void)
{
    REG(SYSTIMER + 0x04) = 1u << 30;
    while (!(REG(SYSTIMER + 0x04) & (1u << 29))) {
        continue;
    }
    return REG(SYSTIMER + 0x44) | (uint64_t)REG(SYSTIMER + 0x40) << 32;
}

void spin_us(uint32_t us)
{
    uint64_t end = ticks() + us * 16;

    while (ticks() < end) {
        continue;
    }
}

void route(unsigned source, unsigned line, unsigned priority)
{
    MATRIX_MAP(source) = line;
    MATRIX_TYPE &= ~(1u << line);
    MATRIX_PRIORITY(line) = priority;
    MATRIX_ENABLE |= 1u << line;
}
