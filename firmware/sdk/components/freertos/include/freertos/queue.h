// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Queues and queue sets (FreeRTOS's queue.h). Items are copied in and out. Sending to a full queue and receiving from
 * an empty one block for up to the given ticks and then return errQUEUE_FULL or errQUEUE_EMPTY (both pdFALSE); the
 * waiting task with the highest priority goes first.
 */

#ifndef QUEUE_H
#define QUEUE_H

#ifndef INC_FREERTOS_H
#error "include FreeRTOS.h" must appear in source files before "include queue.h"
#endif

#include "freertos/task.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A queue, semaphore or mutex. */
typedef struct QueueDefinition *QueueHandle_t;
typedef struct QueueDefinition *QueueSetHandle_t;
typedef struct QueueDefinition *QueueSetMemberHandle_t;

#define queueSEND_TO_BACK ((BaseType_t)0)
#define queueSEND_TO_FRONT ((BaseType_t)1)
#define queueOVERWRITE ((BaseType_t)2)

#define queueQUEUE_TYPE_BASE ((uint8_t)0U)
#define queueQUEUE_TYPE_SET ((uint8_t)0U)
#define queueQUEUE_TYPE_MUTEX ((uint8_t)1U)
#define queueQUEUE_TYPE_COUNTING_SEMAPHORE ((uint8_t)2U)
#define queueQUEUE_TYPE_BINARY_SEMAPHORE ((uint8_t)3U)
#define queueQUEUE_TYPE_RECURSIVE_MUTEX ((uint8_t)4U)

/** A queue of @p length items of @p item_size bytes; NULL when out of memory. */
#define xQueueCreate(length, item_size) xQueueGenericCreate((length), (item_size), (queueQUEUE_TYPE_BASE))
#define xQueueCreateStatic(length, item_size, storage, buffer) \
    xQueueGenericCreateStatic((length), (item_size), (storage), (buffer), (queueQUEUE_TYPE_BASE))
#define xQueueGetStaticBuffers(queue, storage, buffer) xQueueGenericGetStaticBuffers((queue), (storage), (buffer))

#define xQueueSendToFront(queue, item, ticks) xQueueGenericSend((queue), (item), (ticks), queueSEND_TO_FRONT)
#define xQueueSendToBack(queue, item, ticks) xQueueGenericSend((queue), (item), (ticks), queueSEND_TO_BACK)
#define xQueueSend(queue, item, ticks) xQueueGenericSend((queue), (item), (ticks), queueSEND_TO_BACK)
/** Replaces the item of a queue of length 1; never blocks. */
#define xQueueOverwrite(queue, item) xQueueGenericSend((queue), (item), 0, queueOVERWRITE)
#define xQueueSendToFrontFromISR(queue, item, woken) \
    xQueueGenericSendFromISR((queue), (item), (woken), queueSEND_TO_FRONT)
#define xQueueSendToBackFromISR(queue, item, woken) \
    xQueueGenericSendFromISR((queue), (item), (woken), queueSEND_TO_BACK)
#define xQueueSendFromISR(queue, item, woken) xQueueGenericSendFromISR((queue), (item), (woken), queueSEND_TO_BACK)
#define xQueueOverwriteFromISR(queue, item, woken) xQueueGenericSendFromISR((queue), (item), (woken), queueOVERWRITE)
#define xQueueReset(queue) xQueueGenericReset(queue, pdFALSE)

BaseType_t xQueueGenericSend(QueueHandle_t queue, const void *const item, TickType_t ticks, const BaseType_t position);
BaseType_t xQueueGenericSendFromISR(QueueHandle_t queue, const void *const item, BaseType_t *const woken,
                                    const BaseType_t position);
BaseType_t xQueueGiveFromISR(QueueHandle_t queue, BaseType_t *const woken);
BaseType_t xQueueReceive(QueueHandle_t queue, void *const buffer, TickType_t ticks);
BaseType_t xQueueReceiveFromISR(QueueHandle_t queue, void *const buffer, BaseType_t *const woken);
/** Copies the first item without taking it out. */
BaseType_t xQueuePeek(QueueHandle_t queue, void *const buffer, TickType_t ticks);
BaseType_t xQueuePeekFromISR(QueueHandle_t queue, void *const buffer);
UBaseType_t uxQueueMessagesWaiting(const QueueHandle_t queue);
UBaseType_t uxQueueMessagesWaitingFromISR(const QueueHandle_t queue);
UBaseType_t uxQueueSpacesAvailable(const QueueHandle_t queue);
BaseType_t xQueueIsQueueEmptyFromISR(const QueueHandle_t queue);
BaseType_t xQueueIsQueueFullFromISR(const QueueHandle_t queue);
/** No task may be waiting on the queue. */
void vQueueDelete(QueueHandle_t queue);
/** Empties the queue; always pdPASS. */
BaseType_t xQueueGenericReset(QueueHandle_t queue, BaseType_t is_new);

QueueHandle_t xQueueGenericCreate(const UBaseType_t length, const UBaseType_t item_size, const uint8_t type);
QueueHandle_t xQueueGenericCreateStatic(const UBaseType_t length, const UBaseType_t item_size, uint8_t *storage,
                                        StaticQueue_t *buffer, const uint8_t type);
BaseType_t xQueueGenericGetStaticBuffers(QueueHandle_t queue, uint8_t **storage, StaticQueue_t **buffer);
QueueHandle_t xQueueCreateMutex(const uint8_t type);
QueueHandle_t xQueueCreateMutexStatic(const uint8_t type, StaticQueue_t *buffer);
QueueHandle_t xQueueCreateCountingSemaphore(const UBaseType_t max_count, const UBaseType_t initial_count);
QueueHandle_t xQueueCreateCountingSemaphoreStatic(const UBaseType_t max_count, const UBaseType_t initial_count,
                                                  StaticQueue_t *buffer);
BaseType_t xQueueSemaphoreTake(QueueHandle_t queue, TickType_t ticks);
TaskHandle_t xQueueGetMutexHolder(QueueHandle_t semaphore);
TaskHandle_t xQueueGetMutexHolderFromISR(QueueHandle_t semaphore);
BaseType_t xQueueTakeMutexRecursive(QueueHandle_t mutex, TickType_t ticks);
BaseType_t xQueueGiveMutexRecursive(QueueHandle_t mutex);
uint8_t ucQueueGetQueueType(QueueHandle_t queue);

/** Names are not kept (the registry has no room by default). */
#define vQueueAddToRegistry(queue, name)
#define vQueueUnregisterQueue(queue)
#define pcQueueGetName(queue) ((const char *)NULL)

/** A set whose members can be waited on together; @p length is the sum of their lengths. */
QueueSetHandle_t xQueueCreateSet(const UBaseType_t length);
/** pdFAIL when the member is in a set already or not empty. */
BaseType_t xQueueAddToSet(QueueSetMemberHandle_t member, QueueSetHandle_t set);
BaseType_t xQueueRemoveFromSet(QueueSetMemberHandle_t member, QueueSetHandle_t set);
/** The member that can be read now, or NULL after @p ticks. */
QueueSetMemberHandle_t xQueueSelectFromSet(QueueSetHandle_t set, const TickType_t ticks);
QueueSetMemberHandle_t xQueueSelectFromSetFromISR(QueueSetHandle_t set);

#ifdef __cplusplus
}
#endif

#endif
