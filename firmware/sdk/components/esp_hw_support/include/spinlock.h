// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file Spinlocks (ESP-IDF's spinlock.h). With one core they are always free: only the interrupt mask protects. */

#include <stdbool.h>
#include <stdint.h>

#include "sdkconfig.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SPINLOCK_FREE 0xB33FFFFF
#define SPINLOCK_WAIT_FOREVER (-1)
#define SPINLOCK_NO_WAIT 0
#define SPINLOCK_INITIALIZER {.owner = SPINLOCK_FREE, .count = 0}

typedef struct {
    uint32_t owner;
    uint32_t count;
} spinlock_t;

static inline void spinlock_initialize(spinlock_t *lock)
{
    lock->owner = SPINLOCK_FREE;
    lock->count = 0;
}
static inline bool spinlock_acquire(spinlock_t *lock, int32_t timeout)
{
    (void)lock;
    (void)timeout;
    return true;
}
static inline void spinlock_release(spinlock_t *lock)
{
    (void)lock;
}

#ifdef __cplusplus
}
#endif
