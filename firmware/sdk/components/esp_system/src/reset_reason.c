// SPDX-License-Identifier: Apache-2.0

/** @file Why the chip started: the hardware's cause, refined by the note software left. */

#include "esp_rom_sys.h"
#include "reset_hint.h"
#include "soc/rtc_cntl_reg.h"

/** The note is kept twice, once inverted, so that noise is not taken for one (ESP-IDF's format). */
#define MARK 0x80000000u
#define VALUE 0x7fffu

static esp_reset_reason_t reason = ESP_RST_UNKNOWN;

void reset_hint_set(esp_reset_reason_t hint)
{
    uint32_t value = (uint32_t)hint & VALUE;
    REG_WRITE(RTC_CNTL_STORE6_REG, value | value << 16 | MARK);
}

static esp_reset_reason_t noted(void)
{
    uint32_t note = REG_READ(RTC_CNTL_STORE6_REG);
    bool valid = (note & MARK) != 0 && (note & VALUE) == (note >> 16 & VALUE);
    return valid ? (esp_reset_reason_t)(note & VALUE) : ESP_RST_UNKNOWN;
}

void reset_hint_read(void)
{
    esp_reset_reason_t note = noted();
    switch (esp_rom_get_reset_reason(0)) {
    case RESET_REASON_CHIP_POWER_ON:
        reason = ESP_RST_POWERON;
        break;
    case RESET_REASON_CORE_SW:
    case RESET_REASON_CPU0_SW:
        reason = note == ESP_RST_PANIC || note == ESP_RST_TASK_WDT || note == ESP_RST_INT_WDT ||
                         note == ESP_RST_BROWNOUT
                     ? note
                     : ESP_RST_SW;
        break;
    case RESET_REASON_CORE_DEEP_SLEEP:
        reason = ESP_RST_DEEPSLEEP;
        break;
    case RESET_REASON_CORE_MWDT0:
    case RESET_REASON_CPU0_MWDT0:
        reason = ESP_RST_TASK_WDT;
        break;
    case RESET_REASON_CORE_MWDT1:
    case RESET_REASON_CPU0_MWDT1:
        reason = ESP_RST_INT_WDT;
        break;
    case RESET_REASON_CORE_RTC_WDT:
    case RESET_REASON_CPU0_RTC_WDT:
    case RESET_REASON_SYS_RTC_WDT:
    case RESET_REASON_SYS_SUPER_WDT:
        reason = ESP_RST_WDT;
        break;
    case RESET_REASON_SYS_BROWN_OUT:
        reason = ESP_RST_BROWNOUT;
        break;
    default:
        reason = ESP_RST_UNKNOWN;
        break;
    }
    REG_WRITE(RTC_CNTL_STORE6_REG, 0);
}

esp_reset_reason_t esp_reset_reason(void)
{
    return reason;
}
