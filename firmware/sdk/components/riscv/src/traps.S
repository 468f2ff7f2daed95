// SPDX-License-Identifier: Apache-2.0
//
// Trap entry. The CPU jumps to entry 0 for exceptions and to entry n for interrupt line n. Interrupts save all
// registers on the interrupted stack, run the handler on the interrupt stack with further interrupts off, and switch
// tasks on the way out if one is due. Exceptions save theirs apart, since the stack may be what is broken.

#include "riscv/rvruntime-frames.h"

    .macro save_registers
    sw      ra, RV_RA(sp)
    sw      gp, RV_GP(sp)
    sw      tp, RV_TP(sp)
    sw      t0, RV_T0(sp)
    sw      t1, RV_T1(sp)
    sw      t2, RV_T2(sp)
    sw      s0, RV_S0(sp)
    sw      s1, RV_S1(sp)
    sw      a0, RV_A0(sp)
    sw      a1, RV_A1(sp)
    sw      a2, RV_A2(sp)
    sw      a3, RV_A3(sp)
    sw      a4, RV_A4(sp)
    sw      a5, RV_A5(sp)
    sw      a6, RV_A6(sp)
    sw      a7, RV_A7(sp)
    sw      s2, RV_S2(sp)
    sw      s3, RV_S3(sp)
    sw      s4, RV_S4(sp)
    sw      s5, RV_S5(sp)
    sw      s6, RV_S6(sp)
    sw      s7, RV_S7(sp)
    sw      s8, RV_S8(sp)
    sw      s9, RV_S9(sp)
    sw      s10, RV_S10(sp)
    sw      s11, RV_S11(sp)
    sw      t3, RV_T3(sp)
    sw      t4, RV_T4(sp)
    sw      t5, RV_T5(sp)
    sw      t6, RV_T6(sp)
    csrr    t0, mepc
    csrr    t1, mstatus
    csrr    t2, mcause
    sw      t0, RV_MEPC(sp)
    sw      t1, RV_MSTATUS(sp)
    sw      t2, RV_MCAUSE(sp)
    .endm

    .section .trap_vectors, "ax"
    .balign 256
    .option push
    .option norvc
    .global trap_vectors
trap_vectors:
    j       exception_entry
    .rept   31
    j       interrupt_entry
    .endr
    .option pop

    .type interrupt_entry, @function
interrupt_entry:
    addi    sp, sp, -RV_FRAME_SIZE
    save_registers
    addi    t0, sp, RV_FRAME_SIZE
    sw      t0, RV_SP(sp)
    mv      a0, sp
    lw      t1, k_interrupt_nesting
    bnez    t1, 1f
    la      sp, k_interrupt_stack_top
1:  addi    sp, sp, -16
    sw      a0, 0(sp)
    call    k_interrupt
    lw      sp, 0(sp)
    beqz    a0, 2f
    // On the task's own stack: comes back when this task is chosen again.
    call    k_switch
2:  lw      t0, RV_MEPC(sp)
    lw      t1, RV_MSTATUS(sp)
    csrw    mepc, t0
    csrw    mstatus, t1
    lw      ra, RV_RA(sp)
    lw      t0, RV_T0(sp)
    lw      t1, RV_T1(sp)
    lw      t2, RV_T2(sp)
    lw      a0, RV_A0(sp)
    lw      a1, RV_A1(sp)
    lw      a2, RV_A2(sp)
    lw      a3, RV_A3(sp)
    lw      a4, RV_A4(sp)
    lw      a5, RV_A5(sp)
    lw      a6, RV_A6(sp)
    lw      a7, RV_A7(sp)
    lw      t3, RV_T3(sp)
    lw      t4, RV_T4(sp)
    lw      t5, RV_T5(sp)
    lw      t6, RV_T6(sp)
    addi    sp, sp, RV_FRAME_SIZE
    mret

    .type exception_entry, @function
exception_entry:
    csrrw   sp, mscratch, sp
    save_registers
    csrr    t0, mscratch
    csrr    t1, mtval
    csrr    t2, mtvec
    csrr    t3, mhartid
    sw      t0, RV_SP(sp)
    sw      t1, RV_MTVAL(sp)
    sw      t2, RV_MTVEC(sp)
    sw      t3, RV_MHARTID(sp)
    // A second exception, in the panic handler, must not overwrite the first one's registers.
    la      t0, k_exception_frame_2
    csrw    mscratch, t0
    mv      a0, sp
    la      sp, k_panic_stack_top
    .option push
    .option norelax
    la      gp, __global_pointer$
    .option pop
    call    panic_from_exception
3:  j       3b

    .section .noinit, "aw", @nobits
    .balign 16
    .global k_exception_frame
k_exception_frame:
    .space  RV_FRAME_SIZE
k_exception_frame_2:
    .space  RV_FRAME_SIZE
k_panic_stack:
    .space  2048
    .global k_panic_stack_top
k_panic_stack_top:
