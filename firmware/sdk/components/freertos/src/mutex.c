// SPDX-License-Identifier: Apache-2.0

/**
 * @file
 * Mutexes and priority inheritance. A holder gets the priority of the most important task that waits for any of its
 * mutexes; that is passed on along a chain of holders that wait themselves. As in FreeRTOS, it keeps what it got until it
 * has given back all of its mutexes, and a waiter that gives up takes it back only from the holder of a single one.
 */

#include <assert.h>

#include "queue_internal.h"

static QueueHandle_t mutex_setup(QueueHandle_t mutex)
{
    if (mutex != NULL) {
        mutex->count = 1;
    }
    return mutex;
}

QueueHandle_t xQueueCreateMutex(const uint8_t type)
{
    return mutex_setup(xQueueGenericCreate(1, 0, type));
}

QueueHandle_t xQueueCreateMutexStatic(const uint8_t type, StaticQueue_t *buffer)
{
    return mutex_setup(xQueueGenericCreateStatic(1, 0, NULL, buffer, type));
}

void q_mutex_taken(QueueHandle_t mutex)
{
    mutex->holder = k_current;
    if (k_current != NULL) {
        mutex->next_held = k_current->held;
        k_current->held = mutex;
    }
}

void q_mutex_given(QueueHandle_t mutex)
{
    TaskHandle_t holder = mutex->holder;
    mutex->holder = NULL;
    if (holder == NULL) {
        return;
    }
    // As ESP-IDF by default: another task than the holder may not give a mutex back.
    if (holder != k_current) {
        // ESP-IDF's words, which are what one looks up; they come from its queue.c.
        __assert_func("queue.c", 882, "xQueueGenericSend",
                      "pxQueue->pcHead != ((void *)0) || pxQueue->u.xSemaphore.xMutexHolder == ((void *)0) || "
                      "pxQueue->u.xSemaphore.xMutexHolder == xTaskGetCurrentTaskHandle()");
    }
    for (QueueHandle_t *link = &holder->held; *link != NULL; link = &(*link)->next_held) {
        if (*link == mutex) {
            *link = mutex->next_held;
            break;
        }
    }
    UBaseType_t before = holder->priority;
    if (holder->held == NULL) {
        k_mutex_settle(holder);
    }
    if (holder->priority < before) {
        k_switch_due = true;
    }
}

void k_mutex_settle(TaskHandle_t holder)
{
    while (holder != NULL) {
        UBaseType_t priority = holder->base_priority;
        for (QueueHandle_t mutex = holder->held; mutex != NULL; mutex = mutex->next_held) {
            if (!k_waiters_empty(&mutex->receivers) && k_waiters_first(&mutex->receivers)->priority > priority) {
                priority = k_waiters_first(&mutex->receivers)->priority;
            }
        }
        if (priority == holder->priority) {
            return;
        }
        k_set_priority(holder, priority);
        holder = holder->waiting_for != NULL ? holder->waiting_for->holder : NULL;
    }
}

void k_mutex_lend(QueueHandle_t mutex)
{
    TaskHandle_t holder = mutex->holder;
    UBaseType_t priority = k_current->priority;
    while (holder != NULL && holder->priority < priority) {
        k_set_priority(holder, priority);
        holder = holder->waiting_for != NULL ? holder->waiting_for->holder : NULL;
    }
}

BaseType_t xQueueSemaphoreTake(QueueHandle_t queue, TickType_t ticks)
{
    configASSERT((queue));
    configASSERT(queue->item_size == 0);
    configASSERT(!((xTaskGetSchedulerState() == taskSCHEDULER_SUSPENDED) && (ticks != 0)));
    uint32_t state = k_mask();
    uint64_t deadline = k_deadline(ticks);
    BaseType_t taken = pdFAIL;
    while (queue->count == 0) {
        if (ticks == 0) {
            break;
        }
        bool mutex = q_is_mutex(queue);
        if (mutex) {
            k_current->waiting_for = queue;
            k_mutex_lend(queue);
        }
        k_wake_t reason = k_block(&queue->receivers, deadline);
        if (mutex) {
            k_current->waiting_for = NULL;
            TaskHandle_t holder = queue->holder;
            if (reason != K_WOKEN && holder != NULL && holder->held == queue && queue->next_held == NULL) {
                k_mutex_settle(holder);
            }
        }
        if (reason == K_TIMED_OUT) {
            break;
        }
    }
    if (queue->count > 0) {
        q_get(queue, NULL, false);
        if (q_is_mutex(queue)) {
            q_mutex_taken(queue);
        }
        taken = pdPASS;
    }
    k_switch_if_due();
    k_unmask(state);
    return taken;
}

BaseType_t xQueueTakeMutexRecursive(QueueHandle_t mutex, TickType_t ticks)
{
    configASSERT(mutex);
    if (mutex->holder == k_current && k_current != NULL) {
        mutex->recursion++;
        return pdPASS;
    }
    BaseType_t taken = xQueueSemaphoreTake(mutex, ticks);
    if (taken != pdFAIL) {
        mutex->recursion++;
    }
    return taken;
}

BaseType_t xQueueGiveMutexRecursive(QueueHandle_t mutex)
{
    configASSERT(mutex);
    if (mutex->holder != k_current) {
        return pdFAIL;
    }
    if (--mutex->recursion == 0) {
        xQueueGenericSend(mutex, NULL, 0, queueSEND_TO_BACK);
    }
    return pdPASS;
}

TaskHandle_t xQueueGetMutexHolder(QueueHandle_t semaphore)
{
    configASSERT(semaphore);
    return q_is_mutex(semaphore) ? semaphore->holder : NULL;
}

TaskHandle_t xQueueGetMutexHolderFromISR(QueueHandle_t semaphore)
{
    return xQueueGetMutexHolder(semaphore);
}
