// SPDX-License-Identifier: Apache-2.0

/** @file Condition variables: each waiter has a semaphore of its own, in a queue. */

#include <errno.h>
#include <stdlib.h>

#include "thread.h"

struct waiter {
    struct waiter *next;
    SemaphoreHandle_t woken;
};

struct condition {
    struct waiter *first; ///< who waits longest
    clockid_t clock;
};

static portMUX_TYPE s_lock = portMUX_INITIALIZER_UNLOCKED;

int pthread_cond_init(pthread_cond_t *cond, const pthread_condattr_t *attr)
{
    if (cond == NULL) {
        return EINVAL;
    }
    struct condition *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return ENOMEM;
    }
    made->clock = attr != NULL ? attr->clock : CLOCK_REALTIME;
    *cond = (pthread_cond_t)made;
    return 0;
}

/** The condition, made now if its variable was initialised by PTHREAD_COND_INITIALIZER. */
static int get(pthread_cond_t *variable, struct condition **condition)
{
    if (variable == NULL || *variable == 0) {
        return EINVAL;
    }
    if (*variable == PTHREAD_COND_INITIALIZER) {
        pthread_cond_t made;
        int error = pthread_cond_init(&made, NULL);
        if (error != 0) {
            return error;
        }
        portENTER_CRITICAL(&s_lock);
        bool is_first = *variable == PTHREAD_COND_INITIALIZER;
        if (is_first) {
            *variable = made;
        }
        portEXIT_CRITICAL(&s_lock);
        if (!is_first) {
            free((void *)made);
        }
    }
    *condition = (struct condition *)*variable;
    return 0;
}

static struct waiter *take_first(struct condition *condition)
{
    portENTER_CRITICAL(&s_lock);
    struct waiter *waiter = condition->first;
    if (waiter != NULL) {
        condition->first = waiter->next;
        // While the lock is held: afterwards a waiter that times out may be gone.
        xSemaphoreGiveFromISR(waiter->woken, NULL);
    }
    portEXIT_CRITICAL(&s_lock);
    return waiter;
}

int pthread_cond_signal(pthread_cond_t *cond)
{
    struct condition *condition;
    int error = get(cond, &condition);
    if (error == 0 && take_first(condition) != NULL) {
        taskYIELD();
    }
    return error;
}

int pthread_cond_broadcast(pthread_cond_t *cond)
{
    struct condition *condition;
    int error = get(cond, &condition);
    if (error != 0) {
        return error;
    }
    while (take_first(condition) != NULL) {
    }
    taskYIELD();
    return 0;
}

/** Leaves the queue; false if somebody was quicker and has woken the waiter. */
static bool leave(struct condition *condition, struct waiter *waiter)
{
    bool found = false;
    portENTER_CRITICAL(&s_lock);
    for (struct waiter **link = &condition->first; *link != NULL; link = &(*link)->next) {
        if (*link == waiter) {
            *link = waiter->next;
            found = true;
            break;
        }
    }
    portEXIT_CRITICAL(&s_lock);
    return found;
}

static int wait(pthread_cond_t *cond, pthread_mutex_t *mutex, const struct timespec *moment)
{
    struct condition *condition;
    int error = get(cond, &condition);
    if (error != 0) {
        return error;
    }
    StaticSemaphore_t memory;
    struct waiter waiter = {.woken = xSemaphoreCreateBinaryStatic(&memory)};
    portENTER_CRITICAL(&s_lock);
    struct waiter **last = &condition->first;
    while (*last != NULL) {
        last = &(*last)->next;
    }
    *last = &waiter;
    portEXIT_CRITICAL(&s_lock);
    TickType_t ticks = moment != NULL ? thread_ticks_until(condition->clock, moment) : portMAX_DELAY;
    pthread_mutex_unlock(mutex);
    bool woken = xSemaphoreTake(waiter.woken, ticks) == pdTRUE || !leave(condition, &waiter);
    vSemaphoreDelete(waiter.woken);
    pthread_mutex_lock(mutex);
    return woken ? 0 : ETIMEDOUT;
}

int pthread_cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex)
{
    return wait(cond, mutex, NULL);
}

int pthread_cond_timedwait(pthread_cond_t *cond, pthread_mutex_t *mutex, const struct timespec *abstime)
{
    return abstime == NULL ? EINVAL : wait(cond, mutex, abstime);
}

int pthread_cond_destroy(pthread_cond_t *cond)
{
    if (cond == NULL || *cond == 0) {
        return EINVAL;
    }
    if (*cond != PTHREAD_COND_INITIALIZER) {
        free((void *)*cond);
    }
    *cond = 0;
    return 0;
}

int pthread_condattr_init(pthread_condattr_t *attr)
{
    if (attr == NULL) {
        return EINVAL;
    }
    attr->clock = CLOCK_REALTIME;
    return 0;
}

int pthread_condattr_destroy(pthread_condattr_t *attr)
{
    return attr == NULL ? EINVAL : 0;
}

int pthread_condattr_setclock(pthread_condattr_t *attr, clockid_t clock_id)
{
    if (attr == NULL || (clock_id != CLOCK_REALTIME && clock_id != CLOCK_MONOTONIC)) {
        return EINVAL;
    }
    attr->clock = clock_id;
    return 0;
}

int pthread_condattr_getclock(const pthread_condattr_t *attr, clockid_t *clock_id)
{
    if (attr == NULL) {
        return EINVAL;
    }
    *clock_id = attr->clock;
    return 0;
}
