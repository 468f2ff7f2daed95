// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file The ROM's general services (ESP-IDF's esp_rom_sys.h), reimplemented: nothing calls into a ROM. */

#include <stdint.h>

#include "sdkconfig.h"
#include "soc/reset_reasons.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Resets the whole chip. */
void esp_rom_software_reset_system(void);
/** Resets the CPU; with one core, the same as the system. */
void esp_rom_software_reset_cpu(int cpu_no);
/** printf() straight to UART0, without lock or buffer: usable in handlers. Integers, %s, %c, %p; no floats. */
int esp_rom_printf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/** Spins for @p us microseconds. */
void esp_rom_delay_us(uint32_t us);
/** Output function of esp_rom_printf()'s channel 1; NULL is silence. Channel 2 is not kept. */
void esp_rom_install_channel_putc(int channel, void (*putc)(char c));
/** Makes esp_rom_printf() write to the UART again. */
void esp_rom_install_uart_printf(void);
soc_reset_reason_t esp_rom_get_reset_reason(int cpu_no);
/** Routes an interrupt source (soc/interrupts.h) to a CPU line (1 to 31). */
void esp_rom_route_intr_matrix(int cpu_core, uint32_t periph_intr_id, uint32_t cpu_intr_num);
uint32_t esp_rom_get_cpu_ticks_per_us(void);
void esp_rom_set_cpu_ticks_per_us(uint32_t ticks_per_us);

#ifdef __cplusplus
}
#endif
