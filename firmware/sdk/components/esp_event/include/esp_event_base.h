// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Names of events. An event is a base (a family, compared by address) and a number within it.
 */

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Declares an event base that another file defines. */
#define ESP_EVENT_DECLARE_BASE(id) extern esp_event_base_t const id
/** Defines an event base. */
#define ESP_EVENT_DEFINE_BASE(id) esp_event_base_t const id = #id

typedef const char *esp_event_base_t;
typedef void *esp_event_loop_handle_t;
typedef void *esp_event_handler_instance_t;

/**
 * What is called for an event; `event_data` is a copy that lives until the function returns, NULL when the event has no
 * data.
 */
typedef void (*esp_event_handler_t)(void *event_handler_arg, esp_event_base_t event_base, int32_t event_id,
                                    void *event_data);

/** Registers for every base. */
#define ESP_EVENT_ANY_BASE NULL
/** Registers for every number of a base. */
#define ESP_EVENT_ANY_ID -1

#ifdef __cplusplus
}
#endif
