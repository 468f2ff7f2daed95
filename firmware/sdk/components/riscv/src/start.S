// SPDX-License-Identifier: Apache-2.0
//
// First instructions of the program. The ROM has mapped flash and jumps to _start, 8 bytes into the image, with no
// memory prepared: gp, stack, trap vectors, RAM code, initialised and zeroed data are set up here.

    .section .direct_boot_header, "a"
    .word 0xaedb041d
    .word 0xaedb041d

    .section .direct_boot_entry, "ax"
    .global _start
    .type _start, @function
_start:
    csrci   mstatus, 8
    .option push
    .option norelax
    la      gp, __global_pointer$
    .option pop
    la      sp, k_interrupt_stack_top
    la      t0, trap_vectors
    ori     t0, t0, 1
    csrw    mtvec, t0
    la      t0, k_exception_frame
    csrw    mscratch, t0

    // Code for RAM is written through its data address.
    la      a0, _iram_start
    li      t0, 0x700000
    sub     a0, a0, t0
    la      a1, _iram_source
    la      a2, _iram_size
    call    copy_words
    la      a0, _data_start
    la      a1, _data_source
    la      a2, _data_size
    call    copy_words
    la      a0, _rtc_data_start
    la      a1, _rtc_data_source
    la      a2, _rtc_data_size
    call    copy_words
    la      a0, _bss_start
    la      a1, _bss_end
1:  bgeu    a0, a1, 2f
    sw      zero, 0(a0)
    addi    a0, a0, 4
    j       1b

    // Thread-local data of start-up itself, at the top of the stack.
2:  la      t0, __tls_size
    sub     sp, sp, t0
    andi    sp, sp, -16
    mv      a0, sp
    mv      tp, sp
    call    k_tls_init
    call    sdk_start
3:  j       3b

// a0 destination, a1 source, a2 bytes; all multiples of 4.
copy_words:
    add     a2, a2, a0
1:  bgeu    a0, a2, 2f
    lw      t0, 0(a1)
    sw      t0, 0(a0)
    addi    a0, a0, 4
    addi    a1, a1, 4
    j       1b
2:  ret
    .size _start, . - _start

// Stack of interrupt handlers, and of start-up until the scheduler runs.
    .section .noinit, "aw", @nobits
    .balign 16
    .global k_interrupt_stack
k_interrupt_stack:
    .space  4096
    .global k_interrupt_stack_top
k_interrupt_stack_top:
