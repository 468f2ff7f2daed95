// SPDX-License-Identifier: Apache-2.0

/** @file What can be asked about queues, and emptying them. */

#include "queue_internal.h"

UBaseType_t uxQueueMessagesWaiting(const QueueHandle_t queue)
{
    configASSERT(queue);
    return queue->count;
}

UBaseType_t uxQueueMessagesWaitingFromISR(const QueueHandle_t queue)
{
    configASSERT(queue);
    return queue->count;
}

UBaseType_t uxQueueSpacesAvailable(const QueueHandle_t queue)
{
    configASSERT(queue);
    return queue->length - queue->count;
}

BaseType_t xQueueIsQueueEmptyFromISR(const QueueHandle_t queue)
{
    configASSERT(queue);
    return queue->count == 0;
}

BaseType_t xQueueIsQueueFullFromISR(const QueueHandle_t queue)
{
    configASSERT(queue);
    return queue->count == queue->length;
}

uint8_t ucQueueGetQueueType(QueueHandle_t queue)
{
    return queue->type;
}

BaseType_t xQueueGenericGetStaticBuffers(QueueHandle_t queue, uint8_t **storage, StaticQueue_t **buffer)
{
    configASSERT(queue);
    configASSERT(buffer);
    if (queue->own_memory) {
        return pdFALSE;
    }
    if (storage != NULL) {
        *storage = queue->storage;
    }
    *buffer = (StaticQueue_t *)queue;
    return pdTRUE;
}

BaseType_t xQueueGenericReset(QueueHandle_t queue, BaseType_t is_new)
{
    configASSERT(queue);
    (void)is_new;
    uint32_t state = k_mask();
    queue->count = queue->read = queue->write = 0;
    // Tasks that wait for items still have none; one that waits for room can go on.
    k_wake_first(&queue->senders);
    k_switch_if_due();
    k_unmask(state);
    return pdPASS;
}
