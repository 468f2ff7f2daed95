/*
 * Test firmware: direct-boot header, C start-up, trap table.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

    .section .header, "ax"
    .word   0xaedb041d
    .word   0xaedb041d
    .globl  start
start:
    la      t0, traps
    csrw    mtvec, t0
    mv      s0, sp
    /* .data from flash, .bss to zero */
    la      t0, data_load
    la      t1, data_start
    la      t2, data_end
1:  bgeu    t1, t2, 2f
    lw      t3, 0(t0)
    sw      t3, 0(t1)
    addi    t0, t0, 4
    addi    t1, t1, 4
    j       1b
2:  la      t1, bss_start
    la      t2, bss_end
3:  bgeu    t1, t2, 4f
    sw      zero, 0(t1)
    addi    t1, t1, 4
    j       3b
4:  la      t0, stack_at_entry
    sw      s0, 0(t0)
    call    main
5:  wfi
    j       5b

    .text
    .balign 256
traps:
    .option push
    .option norvc
    .rept   32
    j       trap
    .endr
    .option pop

trap:
    addi    sp, sp, -80
    sw      ra, 0(sp)
    sw      t0, 4(sp)
    sw      t1, 8(sp)
    sw      t2, 12(sp)
    sw      a0, 16(sp)
    sw      a1, 20(sp)
    sw      a2, 24(sp)
    sw      a3, 28(sp)
    sw      a4, 32(sp)
    sw      a5, 36(sp)
    sw      a6, 40(sp)
    sw      a7, 44(sp)
    sw      t3, 48(sp)
    sw      t4, 52(sp)
    sw      t5, 56(sp)
    sw      t6, 60(sp)
    csrr    t0, mepc
    sw      t0, 64(sp)
    csrr    t0, mstatus
    sw      t0, 68(sp)
    csrr    a0, mcause
    csrr    a1, mepc
    csrr    a2, mtval
    call    on_trap
    beqz    a0, 6f
    sw      a0, 64(sp) /* where to go on, for an exception */
6:  lw      t0, 64(sp)
    csrw    mepc, t0
    lw      t0, 68(sp)
    csrw    mstatus, t0
    lw      ra, 0(sp)
    lw      t0, 4(sp)
    lw      t1, 8(sp)
    lw      t2, 12(sp)
    lw      a0, 16(sp)
    lw      a1, 20(sp)
    lw      a2, 24(sp)
    lw      a3, 28(sp)
    lw      a4, 32(sp)
    lw      a5, 36(sp)
    lw      a6, 40(sp)
    lw      a7, 44(sp)
    lw      t3, 48(sp)
    lw      t4, 52(sp)
    lw      t5, 56(sp)
    lw      t6, 60(sp)
    addi    sp, sp, 80
    mret
