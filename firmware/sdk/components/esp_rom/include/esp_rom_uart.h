// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file The ROM's polling UART calls (ESP-IDF's esp_rom_uart.h); all work on UART0. */

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    ESP_ROM_UART_0,
    ESP_ROM_UART_1,
    ESP_ROM_UART_USB
} esp_rom_uart_num_t;

/** Waits until everything has been sent. */
void esp_rom_uart_tx_wait_idle(uint8_t uart_no);
void esp_rom_uart_flush_tx(uint8_t uart_no);
/** Sends one byte, waiting for room; 0. */
int esp_rom_uart_tx_one_char(uint8_t c);
/** Sends a character, "\n" as "\r\n". */
void esp_rom_uart_putc(char c);
/** Takes one byte; 1 when there is none, 0 otherwise. */
int esp_rom_uart_rx_one_char(uint8_t *c);
/** No effect: there is one console. */
void esp_rom_uart_set_as_console(uint8_t uart_no);
void esp_rom_uart_switch_buffer(uint8_t uart_no);

#ifdef __cplusplus
}
#endif
