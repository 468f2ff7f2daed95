// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Recursive locks of the C library and the console: made on first use, and without effect before the scheduler runs.
 */

#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"

/** Zero-initialised is unlocked. */
typedef struct {
    SemaphoreHandle_t mutex;
    StaticSemaphore_t memory;
} sdk_lock_t;

/** Waits for the lock. As in ESP-IDF it ends the program in an interrupt handler and in a critical section (abort()), and while
 * the scheduler is suspended (an assertion). */
void sdk_lock_acquire(sdk_lock_t *lock);
void sdk_lock_release(sdk_lock_t *lock);
/** Whether it was acquired. */
bool sdk_lock_try(sdk_lock_t *lock);
