// SPDX-License-Identifier: Apache-2.0

/** @file POSIX mutexes over FreeRTOS's, with their inheritance of priority. */

#include <errno.h>
#include <stdlib.h>

#include "thread.h"

struct mutex {
    SemaphoreHandle_t semaphore;
    int type;
};

static portMUX_TYPE s_lock = portMUX_INITIALIZER_UNLOCKED;

static bool is_recursive(const struct mutex *mutex)
{
    return mutex->type == PTHREAD_MUTEX_RECURSIVE;
}

int pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attr)
{
    if (mutex == NULL || (attr != NULL && (attr->type < 0 || attr->type > PTHREAD_MUTEX_DEFAULT))) {
        return EINVAL;
    }
    struct mutex *made = malloc(sizeof(*made));
    if (made == NULL) {
        return ENOMEM;
    }
    made->type = attr != NULL ? attr->type : PTHREAD_MUTEX_DEFAULT;
    made->semaphore = is_recursive(made) ? xSemaphoreCreateRecursiveMutex() : xSemaphoreCreateMutex();
    if (made->semaphore == NULL) {
        free(made);
        return EAGAIN;
    }
    *mutex = (pthread_mutex_t)made;
    return 0;
}

static void dispose(struct mutex *mutex)
{
    vSemaphoreDelete(mutex->semaphore);
    free(mutex);
}

/** The mutex, made now if its variable was initialised by PTHREAD_MUTEX_INITIALIZER. */
static int get(pthread_mutex_t *variable, struct mutex **mutex)
{
    if (variable == NULL || *variable == 0) {
        return EINVAL;
    }
    if (*variable == PTHREAD_MUTEX_INITIALIZER) {
        pthread_mutex_t made;
        int error = pthread_mutex_init(&made, NULL);
        if (error != 0) {
            return error;
        }
        portENTER_CRITICAL(&s_lock);
        bool is_first = *variable == PTHREAD_MUTEX_INITIALIZER;
        if (is_first) {
            *variable = made;
        }
        portEXIT_CRITICAL(&s_lock);
        if (!is_first) {
            dispose((struct mutex *)made);
        }
    }
    *mutex = (struct mutex *)*variable;
    return 0;
}

static int lock(pthread_mutex_t *variable, TickType_t ticks, int busy)
{
    struct mutex *mutex;
    int error = get(variable, &mutex);
    if (error != 0) {
        return error;
    }
    bool is_own = xSemaphoreGetMutexHolder(mutex->semaphore) == xTaskGetCurrentTaskHandle();
    if (mutex->type == PTHREAD_MUTEX_ERRORCHECK && is_own) {
        return EDEADLK;
    }
    BaseType_t taken = is_recursive(mutex) ? xSemaphoreTakeRecursive(mutex->semaphore, ticks)
                                           : xSemaphoreTake(mutex->semaphore, ticks);
    return taken == pdTRUE ? 0 : busy;
}

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
    return lock(mutex, portMAX_DELAY, EBUSY);
}

int pthread_mutex_trylock(pthread_mutex_t *mutex)
{
    return lock(mutex, 0, EBUSY);
}

int pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *abstime)
{
    return abstime == NULL ? EINVAL : lock(mutex, thread_ticks_until(CLOCK_REALTIME, abstime), ETIMEDOUT);
}

int pthread_mutex_unlock(pthread_mutex_t *variable)
{
    struct mutex *mutex;
    int error = get(variable, &mutex);
    if (error != 0) {
        return error;
    }
    bool checks = mutex->type == PTHREAD_MUTEX_RECURSIVE || mutex->type == PTHREAD_MUTEX_ERRORCHECK;
    if (checks && xSemaphoreGetMutexHolder(mutex->semaphore) != xTaskGetCurrentTaskHandle()) {
        return EPERM;
    }
    if (is_recursive(mutex)) {
        xSemaphoreGiveRecursive(mutex->semaphore);
    } else {
        xSemaphoreGive(mutex->semaphore);
    }
    return 0;
}

int pthread_mutex_destroy(pthread_mutex_t *variable)
{
    if (variable == NULL || *variable == 0) {
        return EINVAL;
    }
    if (*variable == PTHREAD_MUTEX_INITIALIZER) {
        return 0;
    }
    struct mutex *mutex = (struct mutex *)*variable;
    BaseType_t taken = is_recursive(mutex) ? xSemaphoreTakeRecursive(mutex->semaphore, 0)
                                           : xSemaphoreTake(mutex->semaphore, 0);
    if (taken != pdTRUE) {
        return EBUSY;
    }
    if (is_recursive(mutex)) {
        xSemaphoreGiveRecursive(mutex->semaphore);
    } else {
        xSemaphoreGive(mutex->semaphore);
    }
    dispose(mutex);
    *variable = 0;
    return 0;
}

int pthread_mutexattr_init(pthread_mutexattr_t *attr)
{
    if (attr == NULL) {
        return EINVAL;
    }
    attr->type = PTHREAD_MUTEX_NORMAL;
    return 0;
}

int pthread_mutexattr_destroy(pthread_mutexattr_t *attr)
{
    return attr == NULL ? EINVAL : 0;
}

int pthread_mutexattr_gettype(const pthread_mutexattr_t *attr, int *type)
{
    if (attr == NULL) {
        return EINVAL;
    }
    *type = attr->type;
    return 0;
}

int pthread_mutexattr_settype(pthread_mutexattr_t *attr, int type)
{
    if (attr == NULL || type < 0 || type > PTHREAD_MUTEX_DEFAULT) {
        return EINVAL;
    }
    attr->type = type;
    return 0;
}
