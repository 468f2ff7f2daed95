// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file Watchdog registers of the timer groups (ESP32-C3 technical reference, "Watchdog Timers"). */

#include "soc/soc.h"

#define DR_REG_TIMG_BASE(i) (DR_REG_TIMERGROUP0_BASE + (i) * 0x1000)
#define TIMG_WDTCONFIG0_REG(i) (DR_REG_TIMG_BASE(i) + 0x48)
#define TIMG_WDT_EN BIT(31)
#define TIMG_WDT_STG0_S 29
#define TIMG_WDT_STG1_S 27
#define TIMG_WDT_CONF_UPDATE_EN BIT(22)
#define TIMG_WDT_CPU_RESET_LENGTH_S 18
#define TIMG_WDT_SYS_RESET_LENGTH_S 15
#define TIMG_WDT_FLASHBOOT_MOD_EN BIT(14)
/** Actions of a stage. */
#define TIMG_WDT_STG_INT 1
#define TIMG_WDT_STG_RESET_SYSTEM 3
#define TIMG_WDTCONFIG1_REG(i) (DR_REG_TIMG_BASE(i) + 0x4c)
#define TIMG_WDT_CLK_PRESCALE_S 16
#define TIMG_WDTCONFIG2_REG(i) (DR_REG_TIMG_BASE(i) + 0x50)
#define TIMG_WDTCONFIG3_REG(i) (DR_REG_TIMG_BASE(i) + 0x54)
#define TIMG_WDTFEED_REG(i) (DR_REG_TIMG_BASE(i) + 0x60)
#define TIMG_WDTWPROTECT_REG(i) (DR_REG_TIMG_BASE(i) + 0x64)
#define TIMG_WDT_WKEY_VALUE 0x50D83AA1
#define TIMG_INT_ENA_TIMERS_REG(i) (DR_REG_TIMG_BASE(i) + 0x70)
#define TIMG_INT_CLR_TIMERS_REG(i) (DR_REG_TIMG_BASE(i) + 0x7c)
#define TIMG_WDT_INT BIT(1)
