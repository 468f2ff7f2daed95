/*
 * ESP32-C3: low-power management (RTC_CNTL).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_RISCV_ESP32C3_RTC_H
#define HW_RISCV_ESP32C3_RTC_H

#include "esp_cpu.h"
#include "regs.h"
#include "wdt.h"

#define TYPE_ESP32C3_RTC "esp32c3-rtc"
OBJECT_DECLARE_SIMPLE_TYPE(Esp32c3Rtc, ESP32C3_RTC)

/* The internal slow clock, which the RTC runs on. */
#define ESP32C3_RC_SLOW_HZ 136000

/* Reset causes: ESP-IDF, soc/esp32c3/include/soc/reset_reasons.h. */
typedef enum Esp32c3ResetCause {
    ESP32C3_RESET_POWER_ON = 0x01,
    ESP32C3_RESET_SW_CORE = 0x03,
    ESP32C3_RESET_MWDT0 = 0x07,
    ESP32C3_RESET_MWDT1 = 0x08,
    ESP32C3_RESET_RTC_WDT = 0x09,
    ESP32C3_RESET_MWDT0_CPU = 0x0b,
    ESP32C3_RESET_SW_CPU = 0x0c,
    ESP32C3_RESET_RTC_WDT_CPU = 0x0d,
    ESP32C3_RESET_RTC_WDT_RTC = 0x10,
    ESP32C3_RESET_MWDT1_CPU = 0x11,
} Esp32c3ResetCause;

struct Esp32c3Rtc {
    Esp32c3Regs parent_obj;

    Esp32c3Cpu *cpu;
    qemu_irq irq;
    Esp32c3Wdt wdt;

    uint64_t time_base;        /* slow clock cycles at @time_ns */
    int64_t time_ns;

    Esp32c3ResetCause cause;   /* of the last reset */
    Esp32c3ResetCause pending; /* of the one under way, 0 for power-on */
};

/*
 * Reset what @cause stands for: the core alone, the digital system, or that
 * and the RTC. The reset takes place when the CPU has left the current
 * instruction.
 */
void esp32c3_rtc_request_reset(Esp32c3Rtc *rtc, Esp32c3ResetCause cause);

#endif
