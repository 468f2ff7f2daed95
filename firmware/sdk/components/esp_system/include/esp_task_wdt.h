// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * The task watchdog (ESP-IDF's esp_task_wdt.h): reports subscribed tasks that did not call esp_task_wdt_reset() in
 * time. By default it watches the idle task with a time-out of 5 s and does not panic. Time that the guest slept
 * longer than asked is not counted.
 */

#include <stdbool.h>

#include "esp_err.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    uint32_t timeout_ms;
    uint32_t idle_core_mask; /**< bit 0: watch the idle task */
    bool trigger_panic;
} esp_task_wdt_config_t;

typedef struct esp_task_wdt_user_handle_s *esp_task_wdt_user_handle_t;
typedef void (*task_wdt_msg_handler)(void *opaque, const char *msg);

/** ESP_ERR_INVALID_STATE when it runs already, as it does by default. */
esp_err_t esp_task_wdt_init(const esp_task_wdt_config_t *config);
esp_err_t esp_task_wdt_reconfigure(const esp_task_wdt_config_t *config);
/** ESP_ERR_INVALID_STATE while tasks other than idle are subscribed. */
esp_err_t esp_task_wdt_deinit(void);
/** Subscribes a task (NULL: the caller). ESP_ERR_INVALID_ARG when it is already. */
esp_err_t esp_task_wdt_add(TaskHandle_t task_handle);
/** Subscribes something that is not a task; the name is kept by reference. */
esp_err_t esp_task_wdt_add_user(const char *user_name, esp_task_wdt_user_handle_t *user_handle_ret);
/** Reports that the calling task is alive. ESP_ERR_NOT_FOUND when it is not subscribed. */
esp_err_t esp_task_wdt_reset(void);
esp_err_t esp_task_wdt_reset_user(esp_task_wdt_user_handle_t user_handle);
esp_err_t esp_task_wdt_delete(TaskHandle_t task_handle);
esp_err_t esp_task_wdt_delete_user(esp_task_wdt_user_handle_t user_handle);
/** ESP_OK when subscribed, ESP_ERR_NOT_FOUND when not, ESP_ERR_INVALID_STATE when the watchdog is off. */
esp_err_t esp_task_wdt_status(TaskHandle_t task_handle);
/** A program may define this; it is called in the interrupt when the watchdog fires. */
void __attribute__((weak)) esp_task_wdt_isr_user_handler(void);
/** Lists who is late, to the log or to @p msg_handler. ESP_FAIL when nobody is subscribed. */
esp_err_t esp_task_wdt_print_triggered_tasks(task_wdt_msg_handler msg_handler, void *opaque, int *cpus_fail);

#ifdef __cplusplus
}
#endif
