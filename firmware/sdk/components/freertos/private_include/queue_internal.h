// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Queues, semaphores and mutexes share one object. A semaphore is a queue of items without content; a free mutex holds
 * one item.
 */

#include "kernel.h"

struct QueueDefinition {
    uint8_t *storage; /**< ring of @c length items */
    uint32_t length, item_size, count, read, write;
    k_waiters_t senders, receivers;
    QueueSetHandle_t set; /**< set this is a member of */
    TaskHandle_t holder;  /**< of a mutex */
    QueueHandle_t next_held;
    uint32_t recursion;
    uint8_t type;
    bool own_memory;
};

static inline bool q_is_mutex(QueueHandle_t queue)
{
    return queue->type == queueQUEUE_TYPE_MUTEX || queue->type == queueQUEUE_TYPE_RECURSIVE_MUTEX;
}

/** Puts an item in and wakes whom that concerns; the queue has room, or @p position is queueOVERWRITE. */
void q_put(QueueHandle_t queue, const void *item, BaseType_t position);
/** Takes the first item out (or only copies it) and wakes whom that concerns; there must be one. */
void q_get(QueueHandle_t queue, void *buffer, bool peek);
/** A mutex has been taken or given by the running task. */
void q_mutex_taken(QueueHandle_t mutex);
void q_mutex_given(QueueHandle_t mutex);
