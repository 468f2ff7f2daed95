/*
 * ESP32-C3 direct-boot ROM: reset vector, trap table, entry to the program.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#define ROM_STACK     0x3fcdfff0
#define PROGRAM_STACK 0x3fcde550 /* as Espressif's ROM leaves it */
#define PROGRAM_ENTRY 0x42000008

    .section .text.reset, "ax"
    .globl  reset
reset:
    la      t0, traps
    csrw    mtvec, t0
    li      sp, ROM_STACK
    call    rom_main
    /* Only a direct-boot image comes back from there. */
    li      sp, PROGRAM_STACK
    li      ra, 0
    li      t0, PROGRAM_ENTRY
    jr      t0

    /* A program that traps before it has a handler of its own ends here. */
    .section .text.traps, "ax"
    .balign 256
traps:
    .option push
    .option norvc
    .rept   32
    j       trap
    .endr
    .option pop
trap:
    csrr    a0, mcause
    csrr    a1, mepc
    csrr    a2, mtval
    li      sp, ROM_STACK
    call    rom_trap

    .globl  halt
halt:
    csrci   mstatus, 8
1:  wfi
    j       1b
