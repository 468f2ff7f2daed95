// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Functions called when idle and at each tick (ESP-IDF's esp_freertos_hooks.h); up to 8 of each. While the system
 * sleeps there are no ticks: a tick hook is called for the ticks that find the CPU busy or end a sleep.
 */

#include <stdbool.h>

#include "esp_err.h"
#include "freertos/FreeRTOS.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Called by the idle task; false asks to be called again before the CPU sleeps. */
typedef bool (*esp_freertos_idle_cb_t)(void);
/** Called in the tick interrupt. */
typedef void (*esp_freertos_tick_cb_t)(void);

esp_err_t esp_register_freertos_idle_hook_for_cpu(esp_freertos_idle_cb_t new_idle_cb, UBaseType_t cpuid);
esp_err_t esp_register_freertos_idle_hook(esp_freertos_idle_cb_t new_idle_cb);
esp_err_t esp_register_freertos_tick_hook_for_cpu(esp_freertos_tick_cb_t new_tick_cb, UBaseType_t cpuid);
esp_err_t esp_register_freertos_tick_hook(esp_freertos_tick_cb_t new_tick_cb);
void esp_deregister_freertos_idle_hook_for_cpu(esp_freertos_idle_cb_t old_idle_cb, UBaseType_t cpuid);
void esp_deregister_freertos_idle_hook(esp_freertos_idle_cb_t old_idle_cb);
void esp_deregister_freertos_tick_hook_for_cpu(esp_freertos_tick_cb_t old_tick_cb, UBaseType_t cpuid);
void esp_deregister_freertos_tick_hook(esp_freertos_tick_cb_t old_tick_cb);

#ifdef __cplusplus
}
#endif
