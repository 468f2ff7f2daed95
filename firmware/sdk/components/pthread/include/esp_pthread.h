// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file What threads that pthread_create() makes are like: ESP-IDF's extension. */

#include <stdbool.h>
#include <stddef.h>

#include "esp_err.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    size_t stack_size;       ///< bytes
    size_t prio;             ///< FreeRTOS priority
    bool inherit_cfg;        ///< threads that such a thread makes are like it
    const char *thread_name; ///< NULL: "pthread"; not copied
    int pin_to_core;         ///< has no effect: there is one
} esp_pthread_cfg_t;

/** 3072 bytes, priority 5, not inherited, no name. */
esp_pthread_cfg_t esp_pthread_get_default_config(void);
/** For the threads that the calling task makes from now on. @return ESP_ERR_INVALID_ARG for a stack below 768 bytes. */
esp_err_t esp_pthread_set_cfg(const esp_pthread_cfg_t *cfg);
/** @return ESP_ERR_NOT_FOUND if the calling task has set none; `*p` is all zeros then. */
esp_err_t esp_pthread_get_cfg(esp_pthread_cfg_t *p);
/** Nothing to do: done at start. */
esp_err_t esp_pthread_init(void);

#ifdef __cplusplus
}
#endif
