// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * High-resolution timers and the clock behind them (ESP-IDF's esp_timer.h). Times are microseconds since boot.
 * Callbacks run one after another in the task "esp_timer" (priority 22) and must not block.
 */

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "esp_err.h"
#include "sdkconfig.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct esp_timer *esp_timer_handle_t;
typedef void (*esp_timer_cb_t)(void *arg);

/** Where callbacks run; only the task is built in, as by default in ESP-IDF. */
typedef enum {
    ESP_TIMER_TASK,
    ESP_TIMER_MAX,
} esp_timer_dispatch_t;

/** What esp_timer_create() needs. The name is kept by reference. */
typedef struct {
    esp_timer_cb_t callback;
    void *arg;
    esp_timer_dispatch_t dispatch_method;
    const char *name;
    bool skip_unhandled_events; /**< a late periodic timer fires once instead of once for each missed period */
} esp_timer_create_args_t;

/** Done by start-up; ESP_ERR_INVALID_STATE afterwards. */
esp_err_t esp_timer_init(void);
/** A stopped timer. ESP_ERR_INVALID_ARG, ESP_ERR_NO_MEM. */
esp_err_t esp_timer_create(const esp_timer_create_args_t *args, esp_timer_handle_t *out_handle);
/** Fires once after @p timeout_us. ESP_ERR_INVALID_STATE when it is running. */
esp_err_t esp_timer_start_once(esp_timer_handle_t timer, uint64_t timeout_us);
/** Fires every @p period_us, at least 50. ESP_ERR_INVALID_STATE when it is running. */
esp_err_t esp_timer_start_periodic(esp_timer_handle_t timer, uint64_t period_us);
/** Starts a running timer anew, with @p timeout_us as time-out or period. */
esp_err_t esp_timer_restart(esp_timer_handle_t timer, uint64_t timeout_us);
/** ESP_ERR_INVALID_STATE when it is not running. */
esp_err_t esp_timer_stop(esp_timer_handle_t timer);
/** ESP_ERR_INVALID_STATE when it is running. */
esp_err_t esp_timer_delete(esp_timer_handle_t timer);
/** Microseconds since boot. */
int64_t esp_timer_get_time(void);
/** Moment of the next expiry of any timer; INT64_MAX when none runs. */
int64_t esp_timer_get_next_alarm(void);
int64_t esp_timer_get_next_alarm_for_wake_up(void);
/** Period of a periodic timer, 0 for a one-shot one. */
esp_err_t esp_timer_get_period(esp_timer_handle_t timer, uint64_t *period_us);
/** Moment of a one-shot timer's expiry; ESP_ERR_NOT_SUPPORTED for a periodic one. */
esp_err_t esp_timer_get_expiry_time(esp_timer_handle_t timer, uint64_t *expiry_us);
/** Writes a table of the running timers. */
esp_err_t esp_timer_dump(FILE *stream);
bool esp_timer_is_active(esp_timer_handle_t timer);

#ifdef __cplusplus
}
#endif
