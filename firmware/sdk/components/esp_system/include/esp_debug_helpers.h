// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file Debugging aids (ESP-IDF's esp_debug_helpers.h). */

#include "esp_err.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Prints the caller's registers that matter and its stack memory, as ESP-IDF does on RISC-V; ESP_OK. */
esp_err_t esp_backtrace_print(int depth);

#ifdef __cplusplus
}
#endif
