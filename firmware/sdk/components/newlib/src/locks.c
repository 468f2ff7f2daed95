// SPDX-License-Identifier: Apache-2.0

/** @file Locks, and picolibc's hooks for them. */

#include <stdlib.h>
#include <sys/lock.h>

#include "kernel.h"
#include "sdk_lock.h"

struct __lock {
    sdk_lock_t lock;
};

struct __lock __lock___libc_recursive_mutex;

/** Where the C library takes a lock of its own: ESP-IDF's are no recursive ones and mostly free, so it gets on. */
static bool usable(void)
{
    return k_current != NULL && k_suspended == 0 && xPortCanYield();
}

/** Ends a program that prints where no task can wait: in an interrupt handler or a critical section. Named as in ESP-IDF. */
static void __attribute__((noinline)) lock_acquire_generic(void)
{
    abort();
}

static bool take(sdk_lock_t *lock, TickType_t ticks)
{
    uint32_t state = k_mask();
    if (lock->mutex == NULL) {
        lock->mutex = xSemaphoreCreateRecursiveMutexStatic(&lock->memory);
    }
    k_unmask(state);
    return xSemaphoreTakeRecursive(lock->mutex, ticks) == pdTRUE;
}

void sdk_lock_acquire(sdk_lock_t *lock)
{
    if (k_current == NULL) {
        return;
    }
    if (!xPortCanYield()) {
        lock_acquire_generic();
    }
    take(lock, portMAX_DELAY);
}

bool sdk_lock_try(sdk_lock_t *lock)
{
    return !usable() || take(lock, 0);
}

void sdk_lock_release(sdk_lock_t *lock)
{
    if (k_current != NULL && lock->mutex != NULL) {
        xSemaphoreGiveRecursive(lock->mutex);
    }
}

void __retarget_lock_init(_LOCK_T *lock)
{
    *lock = calloc(1, sizeof(struct __lock));
}

void __retarget_lock_init_recursive(_LOCK_T *lock)
{
    __retarget_lock_init(lock);
}

void __retarget_lock_close(_LOCK_T lock)
{
    free(lock);
}

void __retarget_lock_close_recursive(_LOCK_T lock)
{
    free(lock);
}

void __retarget_lock_acquire(_LOCK_T lock)
{
    if (lock != NULL && usable()) {
        sdk_lock_acquire(&lock->lock);
    }
}

void __retarget_lock_acquire_recursive(_LOCK_T lock)
{
    __retarget_lock_acquire(lock);
}

int __retarget_lock_try_acquire(_LOCK_T lock)
{
    return lock != NULL && sdk_lock_try(&lock->lock);
}

int __retarget_lock_try_acquire_recursive(_LOCK_T lock)
{
    return __retarget_lock_try_acquire(lock);
}

void __retarget_lock_release(_LOCK_T lock)
{
    if (lock != NULL && usable()) {
        sdk_lock_release(&lock->lock);
    }
}

void __retarget_lock_release_recursive(_LOCK_T lock)
{
    __retarget_lock_release(lock);
}
