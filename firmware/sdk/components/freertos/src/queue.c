// SPDX-License-Identifier: Apache-2.0

/** @file Queues and semaphores: creation, sending, receiving. */

#include "queue_internal.h"

#include <stdlib.h>
#include <string.h>

_Static_assert(sizeof(struct QueueDefinition) <= sizeof(StaticQueue_t), "StaticQueue_t is too small");

static void queue_setup(QueueHandle_t queue, uint8_t *storage, UBaseType_t length, UBaseType_t item_size, uint8_t type)
{
    memset(queue, 0, sizeof(*queue));
    queue->storage = storage;
    queue->length = length;
    queue->item_size = item_size;
    queue->type = type;
    k_waiters_init(&queue->senders);
    k_waiters_init(&queue->receivers);
}

QueueHandle_t xQueueGenericCreate(const UBaseType_t length, const UBaseType_t item_size, const uint8_t type)
{
    configASSERT(length > 0U);
    size_t bytes;
    if (__builtin_mul_overflow(length, item_size, &bytes) || bytes > SIZE_MAX - sizeof(struct QueueDefinition)) {
        return NULL;
    }
    QueueHandle_t queue = malloc(sizeof(*queue) + bytes);
    if (queue != NULL) {
        queue_setup(queue, (uint8_t *)(queue + 1), length, item_size, type);
        queue->own_memory = true;
    }
    return queue;
}

QueueHandle_t xQueueGenericCreateStatic(const UBaseType_t length, const UBaseType_t item_size, uint8_t *storage,
                                        StaticQueue_t *buffer, const uint8_t type)
{
    configASSERT(length > 0U);
    configASSERT(buffer);
    configASSERT((item_size == 0) == (storage == NULL));
    QueueHandle_t queue = (QueueHandle_t)buffer;
    queue_setup(queue, storage, length, item_size, type);
    return queue;
}

QueueHandle_t xQueueCreateCountingSemaphore(const UBaseType_t max_count, const UBaseType_t initial_count)
{
    configASSERT(max_count != 0 && initial_count <= max_count);
    QueueHandle_t queue = xQueueGenericCreate(max_count, 0, queueQUEUE_TYPE_COUNTING_SEMAPHORE);
    if (queue != NULL) {
        queue->count = initial_count;
    }
    return queue;
}

QueueHandle_t xQueueCreateCountingSemaphoreStatic(const UBaseType_t max_count, const UBaseType_t initial_count,
                                                  StaticQueue_t *buffer)
{
    configASSERT(max_count != 0 && initial_count <= max_count);
    QueueHandle_t queue =
        xQueueGenericCreateStatic(max_count, 0, NULL, buffer, queueQUEUE_TYPE_COUNTING_SEMAPHORE);
    queue->count = initial_count;
    return queue;
}

void vQueueDelete(QueueHandle_t queue)
{
    configASSERT(queue);
    if (queue->own_memory) {
        free(queue);
    }
}

void q_put(QueueHandle_t queue, const void *item, BaseType_t position)
{
    bool replaces = position == queueOVERWRITE && queue->count > 0;
    if (queue->item_size > 0) {
        uint32_t at;
        if (position == queueSEND_TO_BACK) {
            at = queue->write;
            queue->write = at + 1 == queue->length ? 0 : at + 1;
        } else {
            // In front of the first item; overwriting puts the new one where the old one was.
            queue->read = queue->read == 0 ? queue->length - 1 : queue->read - 1;
            if (replaces) {
                queue->read = queue->read + 1 == queue->length ? 0 : queue->read + 1;
            }
            at = queue->read;
        }
        memcpy(queue->storage + at * queue->item_size, item, queue->item_size);
    }
    if (!replaces) {
        queue->count++;
    }
    if (queue->set != NULL) {
        if (!replaces && queue->set->count < queue->set->length) {
            q_put(queue->set, &queue, queueSEND_TO_BACK);
        }
    } else {
        k_wake_first(&queue->receivers);
    }
}

void q_get(QueueHandle_t queue, void *buffer, bool peek)
{
    if (queue->item_size > 0) {
        memcpy(buffer, queue->storage + queue->read * queue->item_size, queue->item_size);
    }
    if (peek) {
        // The item is still there for the next one who waits.
        k_wake_first(&queue->receivers);
        return;
    }
    if (queue->item_size > 0) {
        queue->read = queue->read + 1 == queue->length ? 0 : queue->read + 1;
    }
    queue->count--;
    k_wake_first(&queue->senders);
}

/** Sends, waiting for room; masked. */
static BaseType_t send(QueueHandle_t queue, const void *item, TickType_t ticks, BaseType_t position)
{
    uint64_t deadline = k_deadline(ticks);
    while (queue->count >= queue->length && position != queueOVERWRITE) {
        if (ticks == 0 || k_block(&queue->senders, deadline) == K_TIMED_OUT) {
            if (queue->count >= queue->length) {
                return errQUEUE_FULL;
            }
        }
    }
    q_put(queue, item, position);
    return pdPASS;
}

BaseType_t xQueueGenericSend(QueueHandle_t queue, const void *const item, TickType_t ticks, const BaseType_t position)
{
    configASSERT(queue);
    configASSERT(!((item == NULL) && (queue->item_size != (UBaseType_t)0U)));
    configASSERT(!((position == queueOVERWRITE) && (queue->length != 1)));
    configASSERT(!((xTaskGetSchedulerState() == taskSCHEDULER_SUSPENDED) && (ticks != 0)));
    uint32_t state = k_mask();
    if (q_is_mutex(queue) && queue->count < queue->length) {
        q_mutex_given(queue);
    }
    BaseType_t sent = send(queue, item, ticks, position);
    // Giving a mutex back may have lowered the caller's priority below that of the task just woken.
    k_switch_if_due();
    k_unmask(state);
    return sent;
}

BaseType_t xQueueGenericSendFromISR(QueueHandle_t queue, const void *const item, BaseType_t *const woken,
                                    const BaseType_t position)
{
    configASSERT(queue);
    configASSERT(!((item == NULL) && (queue->item_size != (UBaseType_t)0U)));
    configASSERT(!((position == queueOVERWRITE) && (queue->length != 1)));
    uint32_t state = k_mask();
    BaseType_t sent = errQUEUE_FULL;
    if (queue->count < queue->length || position == queueOVERWRITE) {
        bool due = k_switch_due;
        k_switch_due = false;
        q_put(queue, item, position);
        if (k_switch_due && woken != NULL) {
            *woken = pdTRUE;
        }
        k_switch_due = k_switch_due || due;
        sent = pdPASS;
    }
    k_unmask(state);
    return sent;
}

BaseType_t xQueueGiveFromISR(QueueHandle_t queue, BaseType_t *const woken)
{
    configASSERT(queue);
    configASSERT(queue->item_size == 0);
    configASSERT(!(q_is_mutex(queue) && (queue->holder != NULL)));
    return xQueueGenericSendFromISR(queue, NULL, woken, queueSEND_TO_BACK);
}

/** Waits until there is an item; masked. */
static bool wait_for_item(QueueHandle_t queue, TickType_t ticks)
{
    uint64_t deadline = k_deadline(ticks);
    while (queue->count == 0) {
        if (ticks == 0 || k_block(&queue->receivers, deadline) == K_TIMED_OUT) {
            return queue->count != 0;
        }
    }
    return true;
}

/** Takes an item, or copies it and leaves it there. */
static BaseType_t take_or_peek(QueueHandle_t queue, void *buffer, TickType_t ticks, bool stays)
{
    uint32_t state = k_mask();
    BaseType_t received = errQUEUE_EMPTY;
    if (wait_for_item(queue, ticks)) {
        q_get(queue, buffer, stays);
        received = pdPASS;
    }
    k_switch_if_due();
    k_unmask(state);
    return received;
}

BaseType_t xQueueReceive(QueueHandle_t queue, void *const buffer, TickType_t ticks)
{
    configASSERT((queue));
    configASSERT(!(((buffer) == NULL) && ((queue)->item_size != (UBaseType_t)0U)));
    configASSERT(!((xTaskGetSchedulerState() == taskSCHEDULER_SUSPENDED) && (ticks != 0)));
    return take_or_peek(queue, buffer, ticks, false);
}

BaseType_t xQueuePeek(QueueHandle_t queue, void *const buffer, TickType_t ticks)
{
    configASSERT((queue));
    configASSERT(!(((buffer) == NULL) && ((queue)->item_size != (UBaseType_t)0U)));
    configASSERT(!((xTaskGetSchedulerState() == taskSCHEDULER_SUSPENDED) && (ticks != 0)));
    return take_or_peek(queue, buffer, ticks, true);
}

BaseType_t xQueueReceiveFromISR(QueueHandle_t queue, void *const buffer, BaseType_t *const woken)
{
    configASSERT(queue);
    uint32_t state = k_mask();
    BaseType_t received = pdFAIL;
    if (queue->count > 0) {
        bool due = k_switch_due;
        k_switch_due = false;
        q_get(queue, buffer, false);
        if (k_switch_due && woken != NULL) {
            *woken = pdTRUE;
        }
        k_switch_due = k_switch_due || due;
        received = pdPASS;
    }
    k_unmask(state);
    return received;
}

BaseType_t xQueuePeekFromISR(QueueHandle_t queue, void *const buffer)
{
    configASSERT(queue);
    configASSERT(queue->item_size != 0);
    uint32_t state = k_mask();
    BaseType_t received = pdFAIL;
    if (queue->count > 0) {
        memcpy(buffer, queue->storage + queue->read * queue->item_size, queue->item_size);
        received = pdPASS;
    }
    k_unmask(state);
    return received;
}
