// SPDX-License-Identifier: Apache-2.0
//
// Task switch and idle wait. Both are called with interrupts off.

    .text
    // void k_context_switch(void **save_sp, void *new_sp)
    // Only what a call must preserve is kept: an interrupted task has the rest in its trap frame.
    .global k_context_switch
    .type k_context_switch, @function
k_context_switch:
    addi    sp, sp, -64
    sw      ra, 0(sp)
    sw      s0, 4(sp)
    sw      s1, 8(sp)
    sw      s2, 12(sp)
    sw      s3, 16(sp)
    sw      s4, 20(sp)
    sw      s5, 24(sp)
    sw      s6, 28(sp)
    sw      s7, 32(sp)
    sw      s8, 36(sp)
    sw      s9, 40(sp)
    sw      s10, 44(sp)
    sw      s11, 48(sp)
    sw      tp, 52(sp)
    sw      sp, 0(a0)
    mv      sp, a1
    .global k_context_load
k_context_load:
    lw      ra, 0(sp)
    lw      s0, 4(sp)
    lw      s1, 8(sp)
    lw      s2, 12(sp)
    lw      s3, 16(sp)
    lw      s4, 20(sp)
    lw      s5, 24(sp)
    lw      s6, 28(sp)
    lw      s7, 32(sp)
    lw      s8, 36(sp)
    lw      s9, 40(sp)
    lw      s10, 44(sp)
    lw      s11, 48(sp)
    lw      tp, 52(sp)
    addi    sp, sp, 64
    ret
    .size k_context_switch, . - k_context_switch

    // void k_context_start(void *sp): the first switch, from start-up.
    .global k_context_start
    .type k_context_start, @function
k_context_start:
    mv      sp, a0
    j       k_context_load

    // Where a new task begins: s0 is its function, s1 the argument.
    .global k_task_entry
    .type k_task_entry, @function
k_task_entry:
    csrsi   mstatus, 8
    mv      a0, s0
    mv      a1, s1
    li      ra, 0
    j       k_task_run

    // void k_wait_for_interrupt(void)
    // Interrupts go on before the wait, since not every machine wakes with them off. One that comes between the two
    // instructions would be slept over: the interrupt's exit moves a pc found inside the window to its end.
    .global k_wait_for_interrupt
    .type k_wait_for_interrupt, @function
k_wait_for_interrupt:
    csrsi   mstatus, 8
    .global k_wait_begin
k_wait_begin:
    wfi
    .global k_wait_end
k_wait_end:
    ret
    .size k_wait_for_interrupt, . - k_wait_for_interrupt
