/*
 * Tests of the interrupt matrix.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "guest.h"

#define MIE 8u

static unsigned order[8], n_order;

/* Note the order in which lines are served and withdraw their cause. */
static void serve(unsigned line)
{
    if (n_order < 8) {
        order[n_order++] = line;
    }
    FROM_CPU((line - 1) % 4) = 0;
}

static void raise_and_wait(unsigned n)
{
    FROM_CPU(n) = 1;
    __asm__ __volatile__("nop; nop; nop; nop");
}

static void test_gates(void)
{
    unsigned line;

    for (line = 1; line < 32; line++) {
        handler[line] = serve;
    }
    route(SOURCE_FROM_CPU, 1, 3);

    raise_and_wait(0);
    expect(taken[1], 0, "mstatus.MIE off: nothing is taken");
    expect(MATRIX_EIP, 1 << 1, "but it is pending");
    expect(REG(MATRIX + 0xfc), 1u << (SOURCE_FROM_CPU - 32), "source status");
    interrupts_on();
    expect(taken[1], 1, "MIE on: taken at once");
    expect(MATRIX_EIP, 0, "and over");

    MATRIX_ENABLE = 0;
    raise_and_wait(0);
    expect(taken[1], 1, "a disabled line is not taken");
    MATRIX_ENABLE = 1 << 1;
    expect(taken[1], 2, "enabling it delivers");

    MATRIX_PRIORITY(1) = 0;
    raise_and_wait(0);
    expect(taken[1], 2, "priority 0 is never taken");
    MATRIX_PRIORITY(1) = 1;
    expect(taken[1], 3, "priority 1 is");

    MATRIX_THRESHOLD = 4;
    MATRIX_PRIORITY(1) = 3;
    raise_and_wait(0);
    expect(taken[1], 3, "below the threshold: not taken");
    MATRIX_PRIORITY(1) = 4;
    expect(taken[1], 4, "at the threshold: taken");
    MATRIX_PRIORITY(1) = 3;
    raise_and_wait(0);
    MATRIX_THRESHOLD = 0;
    expect(taken[1], 5, "threshold lowered: taken");

    MATRIX_MAP(SOURCE_FROM_CPU) = 0;
    raise_and_wait(0);
    expect(taken[1], 5, "line 0 is nowhere");
    FROM_CPU(0) = 0;
}

static void test_every_line(void)
{
    unsigned line;

    for (line = 1; line < 32; line++) {
        unsigned before = taken[line];

        MATRIX_ENABLE = 0;
        route(SOURCE_FROM_CPU + (line - 1) % 4, line, 1);
        raise_and_wait((line - 1) % 4);
        if (taken[line] != before + 1) {
            expect(line, 0, "line is delivered");
            return;
        }
    }
    check(true, "each of the 31 lines is delivered");
}

static void test_order(void)
{
    interrupts_off();
    MATRIX_ENABLE = 0;
    route(SOURCE_FROM_CPU + 0, 5, 2);
    route(SOURCE_FROM_CPU + 1, 2, 2);
    route(SOURCE_FROM_CPU + 2, 7, 9);
    route(SOURCE_FROM_CPU + 3, 4, 1);
    FROM_CPU(0) = FROM_CPU(1) = FROM_CPU(2) = FROM_CPU(3) = 1;
    n_order = 0;
    interrupts_on();
    expect(n_order, 4, "four lines served");
    expect(order[0], 7, "the highest priority first");
    expect(order[1], 2, "of equals the lowest line first");
    expect(order[2], 5, "then the next");
    expect(order[3], 4, "the lowest priority last");
}

static void raise_other(unsigned line)
{
    FROM_CPU(0) = 0;
    MATRIX_THRESHOLD = 3;
    FROM_CPU(1) = 1;
    FROM_CPU(2) = 1;
    interrupts_on();
    __asm__ __volatile__("nop; nop");
    order[n_order++] = line;
    interrupts_off();
    MATRIX_THRESHOLD = 0;
}

static void test_nesting(void)
{
    uint32_t pc, status;

    interrupts_off();
    MATRIX_ENABLE = 0;
    handler[1] = raise_other;
    route(SOURCE_FROM_CPU + 0, 1, 2);
    route(SOURCE_FROM_CPU + 1, 2, 2);
    route(SOURCE_FROM_CPU + 2, 3, 3);
    n_order = 0;
    interrupts_on();
    FROM_CPU(0) = 1;
    __asm__ __volatile__("nop; nop");
    pc = read_csr(mepc);
    status = read_csr(mstatus);
    handler[1] = serve;
    expect(n_order, 3, "nested: three served");
    expect(order[0], 3, "the higher one interrupts");
    expect(order[1], 1, "the first goes on");
    expect(order[2], 2, "the equal one waits");
    check(pc >= 0x42000000, "mepc is in the program");
    expect(status & MIE, MIE, "mret restores MIE");
}

static void test_edge(void)
{
    unsigned before;

    interrupts_off();
    MATRIX_ENABLE = 0;
    route(SOURCE_FROM_CPU, 9, 1);
    MATRIX_TYPE = 1 << 9;
    handler[9] = 0; /* the default handler disables the line */
    before = taken[9];
    FROM_CPU(0) = 1;
    FROM_CPU(0) = 0;
    expect(MATRIX_EIP, 1 << 9, "an edge is latched");
    interrupts_on();
    expect(taken[9], before + 1, "and taken after the source is low again");
    expect(MATRIX_EIP, 1 << 9, "it stays until it is cleared");
    MATRIX_CLEAR = 1 << 9;
    MATRIX_CLEAR = 0;
    expect(MATRIX_EIP, 0, "cleared");
    FROM_CPU(0) = 1;
    MATRIX_CLEAR = 1 << 9;
    MATRIX_CLEAR = 0;
    expect(MATRIX_EIP, 0, "a level without a new edge is not pending");
    FROM_CPU(0) = 0;
    MATRIX_TYPE = 0;
}

static void test_wait(void)
{
    unsigned before = taken[1];

    interrupts_off();
    MATRIX_ENABLE = 0;
    route(SOURCE_FROM_CPU, 1, 1);
    FROM_CPU(0) = 1;
    wait_for_interrupt();
    expect(taken[1], before, "wfi wakes with MIE off, nothing is taken");
    interrupts_on();
    expect(taken[1], before + 1, "taken when MIE is set");
}

int main(void)
{
    test_gates();
    test_every_line();
    test_order();
    test_nesting();
    test_edge();
    test_wait();
    done();
}
