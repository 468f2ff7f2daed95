// SPDX-License-Identifier: Apache-2.0

/** @file POSIX threads: creation and end. */

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

#include "thread.h"

struct thread {
    struct thread *next; ///< in s_threads
    TaskHandle_t task;
    void *(*function)(void *);
    void *argument;
    void *result;
    SemaphoreHandle_t ended; ///< given at the end, for the one who joins
    bool is_detached, is_joined, has_ended;
    bool inherits;
    esp_pthread_cfg_t settings;
};

/** All threads that have not been joined, or have not ended. */
static struct thread *s_threads;
static portMUX_TYPE s_lock = portMUX_INITIALIZER_UNLOCKED;

/** With the lock held: whether there is such a thread. */
static bool exists(const struct thread *thread)
{
    const struct thread *other = s_threads;
    while (other != NULL && other != thread) {
        other = other->next;
    }
    return other != NULL;
}

static void dispose(struct thread *thread)
{
    portENTER_CRITICAL(&s_lock);
    struct thread **link = &s_threads;
    while (*link != thread) {
        link = &(*link)->next;
    }
    *link = thread->next;
    portEXIT_CRITICAL(&s_lock);
    vSemaphoreDelete(thread->ended);
    free(thread);
}

static struct thread *find_self(void)
{
    TaskHandle_t task = xTaskGetCurrentTaskHandle();
    portENTER_CRITICAL(&s_lock);
    struct thread *thread = s_threads;
    while (thread != NULL && (thread->task != task || thread->has_ended)) {
        thread = thread->next;
    }
    portEXIT_CRITICAL(&s_lock);
    return thread;
}

static void run(void *argument)
{
    struct thread *thread = argument;
    if (thread->inherits) {
        thread_set_settings(&thread->settings);
    }
    pthread_exit(thread->function(thread->argument));
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start_routine)(void *), void *arg)
{
    const esp_pthread_cfg_t *settings = thread_settings();
    struct thread *made = calloc(1, sizeof(*made));
    SemaphoreHandle_t ended = made == NULL ? NULL : xSemaphoreCreateBinary();
    if (ended == NULL) {
        free(made);
        return ENOMEM;
    }
    made->settings = settings != NULL ? *settings : esp_pthread_get_default_config();
    made->inherits = settings != NULL && settings->inherit_cfg;
    made->function = start_routine;
    made->argument = arg;
    made->ended = ended;
    made->is_detached = attr != NULL && attr->detachstate == PTHREAD_CREATE_DETACHED;
    size_t stack = attr != NULL ? (size_t)attr->stacksize : made->settings.stack_size;
    const char *name = made->settings.thread_name != NULL ? made->settings.thread_name : THREAD_NAME_DEFAULT;
    portENTER_CRITICAL(&s_lock);
    made->next = s_threads;
    s_threads = made;
    portEXIT_CRITICAL(&s_lock);
    // The thread may run, and look itself up, before this returns.
    if (xTaskCreate(run, name, stack, made, made->settings.prio, &made->task) != pdPASS) {
        dispose(made);
        return EAGAIN;
    }
    *thread = (pthread_t)made;
    return 0;
}

int pthread_join(pthread_t thread, void **retval)
{
    struct thread *other = (struct thread *)thread;
    portENTER_CRITICAL(&s_lock);
    int error = !exists(other)                               ? ESRCH
                : other->is_detached                         ? EDEADLK
                : other->is_joined                           ? EINVAL
                : other->task == xTaskGetCurrentTaskHandle() ? EDEADLK
                                                             : 0;
    if (error == 0) {
        other->is_joined = true;
    }
    portEXIT_CRITICAL(&s_lock);
    if (error != 0) {
        return error;
    }
    xSemaphoreTake(other->ended, portMAX_DELAY);
    if (retval != NULL) {
        *retval = other->result;
    }
    dispose(other);
    return 0;
}

int pthread_detach(pthread_t thread)
{
    struct thread *other = (struct thread *)thread;
    portENTER_CRITICAL(&s_lock);
    int error = !exists(other) ? ESRCH : other->is_detached || other->is_joined ? EINVAL : 0;
    bool has_ended = error == 0 && other->has_ended;
    if (error == 0) {
        other->is_detached = true;
    }
    portEXIT_CRITICAL(&s_lock);
    if (has_ended) {
        dispose(other);
    }
    return error;
}

void pthread_exit(void *value_ptr)
{
    struct thread *thread = find_self();
    assert(thread != NULL && "Failed to find pthread for current task!");
    thread_forget_values();
    thread_set_settings(NULL);
    thread->result = value_ptr;
    portENTER_CRITICAL(&s_lock);
    thread->has_ended = true;
    bool is_detached = thread->is_detached;
    portEXIT_CRITICAL(&s_lock);
    if (is_detached) {
        dispose(thread);
    } else {
        xSemaphoreGive(thread->ended);
    }
    vTaskDelete(NULL);
    abort();
}

pthread_t pthread_self(void)
{
    struct thread *thread = find_self();
    assert(thread != NULL && "Failed to find current thread ID!");
    return (pthread_t)thread;
}

int pthread_equal(pthread_t t1, pthread_t t2)
{
    return t1 == t2;
}

int pthread_cancel(pthread_t thread)
{
    (void)thread;
    return ENOSYS;
}

int pthread_once(pthread_once_t *once_control, void (*init_routine)(void))
{
    if (once_control == NULL || init_routine == NULL || !once_control->is_initialized) {
        return EINVAL;
    }
    portENTER_CRITICAL(&s_lock);
    bool first = !once_control->init_executed;
    once_control->init_executed = 1;
    portEXIT_CRITICAL(&s_lock);
    if (first) {
        init_routine();
    }
    return 0;
}
