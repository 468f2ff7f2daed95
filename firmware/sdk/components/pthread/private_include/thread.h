// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file A POSIX thread, within. */

#include "esp_pthread.h"
#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"
#include "freertos/task.h"
#include "pthread.h"

#define THREAD_STACK_DEFAULT 3072
#define THREAD_STACK_MINIMUM 768
#define THREAD_PRIORITY_DEFAULT 5
#define THREAD_NAME_DEFAULT "pthread"

/** The time until a moment of a clock, in ticks, rounded up; 0 when it has passed. */
TickType_t thread_ticks_until(clockid_t clock, const struct timespec *moment);
/** Calls the destructors of the calling thread's keys and forgets its values. */
void thread_forget_values(void);
/** The settings that the calling task has made; NULL for none. */
const esp_pthread_cfg_t *thread_settings(void);
/** Sets or (NULL) forgets them. */
esp_err_t thread_set_settings(const esp_pthread_cfg_t *settings);
