/*
 * Tests of the processor and of memory.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "guest.h"

#define ILLEGAL_INSTRUCTION 2
#define LOAD_FAULT          5
#define STORE_FAULT         7
#define FETCH_FAULT         1
#define ECALL_M             11

static void test_registers(void)
{
    uint32_t misa = read_csr(misa);

    expect(stack_at_entry, 0x3fcde550, "stack pointer at entry");
    expect(misa & 0x3ffffff, 1 << 2 | 1 << 8 | 1 << 12 | 1 << 20,
           "misa is IMC with user mode");
    expect(read_csr(mvendorid), 0x612, "mvendorid");
    expect(read_csr(mhartid), 0, "mhartid");
    write_csr(mscratch, 0x12345678);
    expect(read_csr(mscratch), 0x12345678, "mscratch");
    expect(read_csr(mtvec) & 0xff, 1, "mtvec is vectored");
    write_csr(0x803, 5);
    expect(read_csr(0x803), 5, "GPIO output enable by CSR");
}

static void test_vector_base(void)
{
    uint32_t mtvec = read_csr(mtvec);

    write_csr(mtvec, mtvec | 0xfc);
    expect(read_csr(mtvec), mtvec, "mtvec is aligned to 256 bytes");
}

static void test_exceptions(void)
{
    trap_cause = 0;
    __asm__ __volatile__(".word 0x1005252f"); /* lr.w a0, (a0) */
    expect(trap_cause, ILLEGAL_INSTRUCTION, "no atomic instructions");
    trap_cause = 0;
    __asm__ __volatile__("ecall");
    expect(trap_cause, ECALL_M, "ecall");
    trap_cause = 0;
    (void)REG(0x10000000);
    expect(trap_cause, LOAD_FAULT, "load from nowhere faults");
    expect(trap_value, 0x10000000, "mtval is the address");
    trap_cause = 0;
    REG(0) = 1;
    expect(trap_cause, STORE_FAULT, "store to the null pointer faults");
    trap_cause = 0;
    REG(0x42000100) = 1;
    expect(trap_cause, STORE_FAULT, "store to flash faults");
    trap_cause = 0;
    REG(0x3c000100) = 1;
    expect(trap_cause, STORE_FAULT, "store to flash as data faults");
    trap_cause = 0;
    resume_at = (uint32_t)&&back;
    __asm__ goto("jr zero" : : : : back);
back:
    resume_at = 0;
    expect(trap_cause, FETCH_FAULT, "jump to the null pointer faults");
}

static void test_memory(void)
{
    uint32_t *data = (uint32_t *)0x3fc90000;
    int (*function)(void) = (int (*)(void))0x40390000;

    *data = 0x80824515; /* li a0, 5; ret */
    __asm__ __volatile__("fence.i");
    expect(REG(0x40390000) & 0xffff, 0x4515, "RAM is the same at +0x700000");
    expect(function(), 5, "code runs from RAM");
    *data = 0x8082451d; /* li a0, 7; ret */
    __asm__ __volatile__("fence.i");
    expect(function(), 7, "changed code runs");

    REG(0x3fcdfffc) = 0xabcd1234;
    expect(REG(0x403dfffc), 0xabcd1234, "the last word of RAM");
    REG(0x50001ffc) = 0x55aa55aa;
    expect(REG(0x50001ffc), 0x55aa55aa, "the last word of RTC RAM");
    expect(REG(0x3c000000), 0xaedb041d, "flash as data");
    expect(REG(0x42000000), 0xaedb041d, "flash as code");
    expect(REG(0x3c3ffffc), 0xffffffff, "the last word of a 4 MiB flash");
    trap_cause = 0;
    (void)REG(0x3c400000);
    expect(trap_cause, LOAD_FAULT, "behind the flash there is nothing");
}

/* Cycles that mpccr counts in 100 us. */
static uint32_t cycles_per_100us(void)
{
    uint32_t before = read_csr(0x7e2);

    spin_us(100);
    return read_csr(0x7e2) - before;
}

static void test_performance_counter(void)
{
    uint32_t before;

    expect(cycles_per_100us(), 0, "mpccr counts nothing unless told to");
    write_csr(0x7e0, 1);
    write_csr(0x7e1, 1);
    expect_between(cycles_per_100us(), 2000, 2200, "20 MHz after reset");
    REG(SYSTEM + 0x58) = 1 << 10 | 1;
    REG(SYSTEM + 0x08) = 0xc;
    expect_between(cycles_per_100us(), 8000, 8800, "80 MHz from the PLL");
    REG(SYSTEM + 0x08) = 0xd;
    expect_between(cycles_per_100us(), 16000, 17600, "160 MHz from the PLL");
    before = read_csr(0x7e2);
    spin_us(100);
    write_csr(0x7e1, 0);
    expect_between(read_csr(0x7e2) - before, 16000, 17600,
                   "a stopped counter keeps what it counted");
    expect(cycles_per_100us(), 0, "mpcmr stops the counter");
    write_csr(0x7e2, 1000);
    expect(read_csr(0x7e2), 1000, "mpccr can be written");
}

int main(void)
{
    test_registers();
    test_vector_base();
    test_exceptions();
    test_memory();
    test_performance_counter();
    done();
}
