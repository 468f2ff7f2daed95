// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file The names that ESP-IDF 5.2 and later have for the console's settings in esp_vfs_dev.h; v5.1 lacks this header. */

#include "esp_vfs_dev.h"

#define uart_vfs_dev_use_driver esp_vfs_dev_uart_use_driver
#define uart_vfs_dev_use_nonblocking esp_vfs_dev_uart_use_nonblocking
#define uart_vfs_dev_port_set_rx_line_endings esp_vfs_dev_uart_port_set_rx_line_endings
#define uart_vfs_dev_port_set_tx_line_endings esp_vfs_dev_uart_port_set_tx_line_endings
#define uart_vfs_dev_register esp_vfs_dev_uart_register
