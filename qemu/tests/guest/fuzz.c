/*
 * A guest that reads and writes anything anywhere among the devices, for ever,
 * through whatever resets it brings about.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "guest.h"

static uint32_t state;

static uint32_t next(void)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

/* A register of a device that there is a model of, mostly. */
static uint32_t any_address(void)
{
    static const uint32_t bases[] = {
        UART, RTC, EFUSE, TIMG0, TIMG1, SYSTIMER, SYSCON, SYSTEM, MATRIX,
        EXTMEM, ETH, ETH + 0x400, 0x60000000 | 0x43000,
    };
    uint32_t base = bases[next() % (sizeof(bases) / sizeof(bases[0]))];

    if (next() % 64 == 0) {
        return 0x60000000 + (next() & 0x1fffff);
    }
    return base + (next() & (next() % 4 ? 0xff : 0xfff));
}

/* Values with a meaning: small, single bits, keys, addresses. */
static uint32_t any_value(void)
{
    switch (next() % 6) {
    case 0:
        return next() & 0xff;
    case 1:
        return 1u << (next() & 31);
    case 2:
        return next() % 2 ? WDT_KEY : 0x8f1d312a;
    case 3:
        return 0x3fc80000 + (next() & 0xffff);
    case 4:
        return any_address();
    default:
        return next();
    }
}

int main(void)
{
    state = REG(SYSCON + 0xb0) | 1;
    put("fuzz\n");
    interrupts_on();
    for (;;) {
        uint32_t address = any_address();

        switch (next() % 4) {
        case 0:
            (void)REG(address);
            break;
        case 1:
            REG8(address) = any_value();
            break;
        default:
            REG(address & ~3u) = any_value();
            break;
        }
    }
}
