/*
 * Test firmware: what the tests share.
 *
 * A firmware prints `ok NAME` or `FAILED NAME ...` for each check and `done`
 * at the end; the host counts.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TEST_GUEST_H
#define TEST_GUEST_H

#include <stdbool.h>
#include <stdint.h>

/* volatile: a register of a device. */
#define REG(address) (*(volatile uint32_t *)(uintptr_t)(address))
/* volatile: a byte of one. */
#define REG8(address) (*(volatile uint8_t *)(uintptr_t)(address))

#define UART     0x60000000u
#define RTC      0x60008000u
#define EFUSE    0x60008800u
#define TIMG0    0x6001f000u
#define TIMG1    0x60020000u
#define SYSTIMER 0x60023000u
#define SYSCON   0x60026000u
#define SYSTEM   0x600c0000u
#define MATRIX   0x600c2000u
#define EXTMEM   0x600c4000u
#define ETH      0x600cd000u

/* Interrupt matrix */
#define MATRIX_MAP(source)  REG(MATRIX + 4 * (source))
#define MATRIX_ENABLE       REG(MATRIX + 0x104)
#define MATRIX_TYPE         REG(MATRIX + 0x108)
#define MATRIX_CLEAR        REG(MATRIX + 0x10c)
#define MATRIX_EIP          REG(MATRIX + 0x110)
#define MATRIX_PRIORITY(n)  REG(MATRIX + 0x114 + 4 * (n))
#define MATRIX_THRESHOLD    REG(MATRIX + 0x194)

#define FROM_CPU(n)         REG(SYSTEM + 0x28 + 4 * (n))
#define SOURCE_ETH          0
#define SOURCE_UART0        21
#define SOURCE_RTC          27
#define SOURCE_TG0_T0       32
#define SOURCE_TG0_WDT      33
#define SOURCE_SYSTIMER     37
#define SOURCE_FROM_CPU     50

#define WDT_KEY             0x50d83aa1u

#define read_csr(name) ({ uint32_t v_; \
    __asm__ __volatile__("csrr %0, " #name : "=r"(v_)); v_; })
#define write_csr(name, value) \
    __asm__ __volatile__("csrw " #name ", %0" : : "r"(value) : "memory")
#define interrupts_on()  __asm__ __volatile__("csrsi mstatus, 8" : : : "memory")
#define interrupts_off() __asm__ __volatile__("csrci mstatus, 8" : : : "memory")
#define wait_for_interrupt() __asm__ __volatile__("wfi" : : : "memory")

/* Console */
void put(const char *text);
void put_hex(uint32_t value);
void put_char(char c);

/* Result of one check. */
void check(bool passed, const char *name);

/* As check(), of equality; shows what was seen when it fails. */
void expect(uint32_t seen, uint32_t expected, const char *name);

/* As check(), of low <= seen <= high. */
void expect_between(uint32_t seen, uint32_t low, uint32_t high,
                    const char *name);

/* All checks were made. */
void done(void);

/* The system timer's unit 0, in 16 MHz ticks, and busy waiting by it. */
uint64_t ticks(void);
void spin_us(uint32_t us);

/* Route a source to a line, level-triggered, and enable the line. */
void route(unsigned source, unsigned line, unsigned priority);

/* What the trap handler calls for each line, */
extern void (*handler[32])(unsigned line);
/* and a count of calls; volatile: changed in there. */
extern volatile unsigned taken[32];

/*
 * The last exception. After one the firmware goes on at @resume_at, or behind
 * the instruction when that is zero. (volatile: the trap handler changes them.)
 */
extern volatile uint32_t trap_cause, trap_pc, trap_value, resume_at;

/* Called by the trap code in start.S: where to go on, 0 for where it was. */
uint32_t on_trap(uint32_t cause, uint32_t pc, uint32_t value);

/* The stack pointer that the ROM left. */
extern uint32_t stack_at_entry;

/* Why the chip was reset. */
static inline uint32_t reset_cause(void)
{
    return REG(RTC + 0x38) & 0x3f;
}

#endif
