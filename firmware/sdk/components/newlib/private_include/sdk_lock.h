// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Recursive locks of the C library and the console: made on first use, and without effect where a task cannot wait
 * (before the scheduler runs, in interrupt handlers, in critical sections, during a panic).
 */

#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"

/** Zero-initialised is unlocked. */
typedef struct {
    SemaphoreHandle_t mutex;
    StaticSemaphore_t memory;
} sdk_lock_t;

void sdk_lock_acquire(sdk_lock_t *lock);
void sdk_lock_release(sdk_lock_t *lock);
/** Whether it was acquired. */
bool sdk_lock_try(sdk_lock_t *lock);
