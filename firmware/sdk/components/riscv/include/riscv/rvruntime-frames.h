// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Registers as the trap entry saves them, in the order in which ESP-IDF's panic handler prints them.
 */

#define RV_FRAME_SIZE 160
#define RV_MEPC 0
#define RV_RA 4
#define RV_SP 8
#define RV_GP 12
#define RV_TP 16
#define RV_T0 20
#define RV_T1 24
#define RV_T2 28
#define RV_S0 32
#define RV_S1 36
#define RV_A0 40
#define RV_A1 44
#define RV_A2 48
#define RV_A3 52
#define RV_A4 56
#define RV_A5 60
#define RV_A6 64
#define RV_A7 68
#define RV_S2 72
#define RV_S3 76
#define RV_S4 80
#define RV_S5 84
#define RV_S6 88
#define RV_S7 92
#define RV_S8 96
#define RV_S9 100
#define RV_S10 104
#define RV_S11 108
#define RV_T3 112
#define RV_T4 116
#define RV_T5 120
#define RV_T6 124
#define RV_MSTATUS 128
#define RV_MTVEC 132
#define RV_MCAUSE 136
#define RV_MTVAL 140
#define RV_MHARTID 144

#ifndef __ASSEMBLER__
#include <stdint.h>

typedef struct {
    uint32_t mepc, ra, sp, gp, tp, t0, t1, t2, s0, s1;
    uint32_t a0, a1, a2, a3, a4, a5, a6, a7;
    uint32_t s2, s3, s4, s5, s6, s7, s8, s9, s10, s11;
    uint32_t t3, t4, t5, t6;
    uint32_t mstatus, mtvec, mcause, mtval, mhartid;
    uint32_t padding[3];
} RvExcFrame;

#ifndef __cplusplus
_Static_assert(sizeof(RvExcFrame) == RV_FRAME_SIZE, "frame layout");
#endif
#endif
