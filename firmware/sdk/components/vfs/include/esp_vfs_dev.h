// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file The console's behaviour as a file (ESP-IDF's esp_vfs_dev.h). Only UART 0 is a file. */

#include "esp_vfs.h"
#include "esp_vfs_common.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Done by start-up; no effect. */
void esp_vfs_dev_uart_register(void);
/** What is delivered for the line ending the terminal sends; default CR: "\r" becomes "\n", "\n" stays. */
int esp_vfs_dev_uart_port_set_rx_line_endings(int uart_num, esp_line_endings_t mode);
/** What is sent for "\n"; default CRLF. 0, or -1 for a port that is no file. */
int esp_vfs_dev_uart_port_set_tx_line_endings(int uart_num, esp_line_endings_t mode);
void esp_vfs_dev_uart_set_rx_line_endings(esp_line_endings_t mode);
void esp_vfs_dev_uart_set_tx_line_endings(esp_line_endings_t mode);
/** Reads return at once with what the FIFO holds: the default. */
void esp_vfs_dev_uart_use_nonblocking(int uart_num);
/** Reads wait for a byte, writes go through the driver, which must be installed. */
void esp_vfs_dev_uart_use_driver(int uart_num);

#ifdef __cplusplus
}
#endif
