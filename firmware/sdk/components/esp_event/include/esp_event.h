// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Event loops (ESP-IDF's esp_event). A post copies the event into the loop's queue; the loop's task calls the handlers
 * that match, in the order of their registration. The functions without a loop argument use the default loop, whose
 * task is called "sys_evt" and has priority 20.
 */

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "esp_err.h"
#include "esp_event_base.h"
#include "freertos/FreeRTOS.h"
#include "freertos/queue.h"
#include "freertos/semphr.h"
#include "freertos/task.h"
#include "sdkconfig.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How to make a loop. */
typedef struct {
    int32_t queue_size;        ///< how many events wait at the most
    const char *task_name;     ///< NULL: no task; esp_event_loop_run() is called instead
    UBaseType_t task_priority; ///< of the task, if any
    uint32_t task_stack_size;  ///< bytes
    BaseType_t task_core_id;   ///< tskNO_AFFINITY or 0
} esp_event_loop_args_t;

/** Makes a loop. ESP_ERR_INVALID_ARG, ESP_ERR_NO_MEM, ESP_FAIL when the task cannot be made. */
esp_err_t esp_event_loop_create(const esp_event_loop_args_t *event_loop_args, esp_event_loop_handle_t *event_loop);
/** Ends a loop, its task and its handlers. */
esp_err_t esp_event_loop_delete(esp_event_loop_handle_t event_loop);
/** Makes the default loop. ESP_ERR_INVALID_STATE when it exists. */
esp_err_t esp_event_loop_create_default(void);
/** Ends the default loop. ESP_ERR_INVALID_STATE when there is none. */
esp_err_t esp_event_loop_delete_default(void);
/** Handles events for `ticks_to_run` ticks in the calling task; for loops without a task. */
esp_err_t esp_event_loop_run(esp_event_loop_handle_t event_loop, TickType_t ticks_to_run);

/**
 * Registers a handler with the default loop. The same handler for the same event is registered once; its argument is
 * replaced.
 * @return ESP_ERR_INVALID_ARG for a NULL handler or a number with ESP_EVENT_ANY_BASE; ESP_ERR_INVALID_STATE without a
 *         loop; ESP_ERR_NO_MEM
 */
esp_err_t esp_event_handler_register(esp_event_base_t event_base, int32_t event_id, esp_event_handler_t event_handler,
                                     void *event_handler_arg);
/** As esp_event_handler_register(), with a loop. */
esp_err_t esp_event_handler_register_with(esp_event_loop_handle_t event_loop, esp_event_base_t event_base,
                                          int32_t event_id, esp_event_handler_t event_handler, void *event_handler_arg);
/** Registers a handler as an instance of its own; the same function may be registered many times. */
esp_err_t esp_event_handler_instance_register(esp_event_base_t event_base, int32_t event_id,
                                              esp_event_handler_t event_handler, void *event_handler_arg,
                                              esp_event_handler_instance_t *instance);
/** As esp_event_handler_instance_register(), with a loop. */
esp_err_t esp_event_handler_instance_register_with(esp_event_loop_handle_t event_loop, esp_event_base_t event_base,
                                                   int32_t event_id, esp_event_handler_t event_handler,
                                                   void *event_handler_arg, esp_event_handler_instance_t *instance);
/** Takes a handler off the default loop; ESP_OK too when it was not there. */
esp_err_t esp_event_handler_unregister(esp_event_base_t event_base, int32_t event_id,
                                       esp_event_handler_t event_handler);
/** As esp_event_handler_unregister(), with a loop. */
esp_err_t esp_event_handler_unregister_with(esp_event_loop_handle_t event_loop, esp_event_base_t event_base,
                                            int32_t event_id, esp_event_handler_t event_handler);
/** Takes one instance off the default loop. */
esp_err_t esp_event_handler_instance_unregister(esp_event_base_t event_base, int32_t event_id,
                                                esp_event_handler_instance_t instance);
/** As esp_event_handler_instance_unregister(), with a loop. */
esp_err_t esp_event_handler_instance_unregister_with(esp_event_loop_handle_t event_loop, esp_event_base_t event_base,
                                                     int32_t event_id, esp_event_handler_instance_t instance);

/**
 * Posts an event to the default loop, with a copy of its data. From a handler the call does not wait.
 * @param ticks_to_wait for a place in the queue
 * @return ESP_ERR_TIMEOUT when the queue stays full; ESP_ERR_INVALID_STATE without a loop; ESP_ERR_INVALID_ARG;
 *         ESP_ERR_NO_MEM
 */
esp_err_t esp_event_post(esp_event_base_t event_base, int32_t event_id, const void *event_data, size_t event_data_size,
                         TickType_t ticks_to_wait);
/** As esp_event_post(), with a loop. */
esp_err_t esp_event_post_to(esp_event_loop_handle_t event_loop, esp_event_base_t event_base, int32_t event_id,
                            const void *event_data, size_t event_data_size, TickType_t ticks_to_wait);
/** Posts from an interrupt, at most 4 bytes of data. ESP_FAIL when the queue is full. */
esp_err_t esp_event_isr_post(esp_event_base_t event_base, int32_t event_id, const void *event_data,
                             size_t event_data_size, BaseType_t *task_unblocked);
/** As esp_event_isr_post(), with a loop. */
esp_err_t esp_event_isr_post_to(esp_event_loop_handle_t event_loop, esp_event_base_t event_base, int32_t event_id,
                                const void *event_data, size_t event_data_size, BaseType_t *task_unblocked);

/** Writes what is registered to `file`, a line each. */
esp_err_t esp_event_dump(FILE *file);

#ifdef __cplusplus
}
#endif
