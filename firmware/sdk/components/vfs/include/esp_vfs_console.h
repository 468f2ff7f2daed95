// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file The console (ESP-IDF's esp_vfs_console.h): UART 0. */

#include "esp_err.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Done by start-up; ESP_OK. */
esp_err_t esp_vfs_console_register(void);

#ifdef __cplusplus
}
#endif
