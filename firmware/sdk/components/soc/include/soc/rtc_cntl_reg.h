// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file The few RTC controller registers the SDK uses (ESP32-C3 technical reference, "Low-Power Management"). */

#include "soc/soc.h"

#define RTC_CNTL_OPTIONS0_REG (DR_REG_RTCCNTL_BASE + 0x0000)
#define RTC_CNTL_SW_SYS_RST BIT(31)
#define RTC_CNTL_RESET_STATE_REG (DR_REG_RTCCNTL_BASE + 0x0038)
#define RTC_CNTL_RESET_CAUSE_PROCPU 0x3f
#define RTC_CNTL_WDTCONFIG0_REG (DR_REG_RTCCNTL_BASE + 0x0090)
#define RTC_CNTL_WDTWPROTECT_REG (DR_REG_RTCCNTL_BASE + 0x00A8)
#define RTC_CNTL_WDT_WKEY 0x50D83AA1
#define RTC_CNTL_SWD_CONF_REG (DR_REG_RTCCNTL_BASE + 0x00AC)
#define RTC_CNTL_SWD_AUTO_FEED_EN BIT(31)
#define RTC_CNTL_SWD_WPROTECT_REG (DR_REG_RTCCNTL_BASE + 0x00B0)
#define RTC_CNTL_SWD_WKEY 0x8F1D312A
/** Kept over a reset; ESP-IDF notes the reset reason here. */
#define RTC_CNTL_STORE6_REG (DR_REG_RTCCNTL_BASE + 0x00C0)
