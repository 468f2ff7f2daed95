// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Semaphores and mutexes (FreeRTOS's semphr.h). A binary semaphore starts empty, a mutex starts free. A mutex lends
 * its holder the priority of the most urgent task that waits for it; it must be given by the task that took it and
 * cannot be used in interrupt handlers.
 */

#ifndef SEMAPHORE_H
#define SEMAPHORE_H

#ifndef INC_FREERTOS_H
#error "include FreeRTOS.h" must appear in source files before "include semphr.h"
#endif

#include "freertos/queue.h"

typedef QueueHandle_t SemaphoreHandle_t;

#define semBINARY_SEMAPHORE_QUEUE_LENGTH ((uint8_t)1U)
#define semSEMAPHORE_QUEUE_ITEM_LENGTH ((uint8_t)0U)
#define semGIVE_BLOCK_TIME ((TickType_t)0U)

#define vSemaphoreCreateBinary(semaphore)             \
    {                                                 \
        (semaphore) = xSemaphoreCreateBinary();       \
        if ((semaphore) != NULL) {                    \
            (void)xSemaphoreGive((semaphore));        \
        }                                             \
    }
#define xSemaphoreCreateBinary() \
    xQueueGenericCreate((UBaseType_t)1, semSEMAPHORE_QUEUE_ITEM_LENGTH, queueQUEUE_TYPE_BINARY_SEMAPHORE)
#define xSemaphoreCreateBinaryStatic(buffer)                                                            \
    xQueueGenericCreateStatic((UBaseType_t)1, semSEMAPHORE_QUEUE_ITEM_LENGTH, NULL, (buffer),           \
                              queueQUEUE_TYPE_BINARY_SEMAPHORE)
#define xSemaphoreCreateMutex() xQueueCreateMutex(queueQUEUE_TYPE_MUTEX)
#define xSemaphoreCreateMutexStatic(buffer) xQueueCreateMutexStatic(queueQUEUE_TYPE_MUTEX, (buffer))
#define xSemaphoreCreateRecursiveMutex() xQueueCreateMutex(queueQUEUE_TYPE_RECURSIVE_MUTEX)
#define xSemaphoreCreateRecursiveMutexStatic(buffer) xQueueCreateMutexStatic(queueQUEUE_TYPE_RECURSIVE_MUTEX, (buffer))
#define xSemaphoreCreateCounting(max_count, initial_count) xQueueCreateCountingSemaphore((max_count), (initial_count))
#define xSemaphoreCreateCountingStatic(max_count, initial_count, buffer) \
    xQueueCreateCountingSemaphoreStatic((max_count), (initial_count), (buffer))

#define xSemaphoreTake(semaphore, ticks) xQueueSemaphoreTake((semaphore), (ticks))
#define xSemaphoreTakeRecursive(mutex, ticks) xQueueTakeMutexRecursive((mutex), (ticks))
#define xSemaphoreGive(semaphore) \
    xQueueGenericSend((QueueHandle_t)(semaphore), NULL, semGIVE_BLOCK_TIME, queueSEND_TO_BACK)
#define xSemaphoreGiveRecursive(mutex) xQueueGiveMutexRecursive((mutex))
#define xSemaphoreGiveFromISR(semaphore, woken) xQueueGiveFromISR((QueueHandle_t)(semaphore), (woken))
#define xSemaphoreTakeFromISR(semaphore, woken) xQueueReceiveFromISR((QueueHandle_t)(semaphore), NULL, (woken))
#define vSemaphoreDelete(semaphore) vQueueDelete((QueueHandle_t)(semaphore))
#define xSemaphoreGetMutexHolder(semaphore) xQueueGetMutexHolder((semaphore))
#define xSemaphoreGetMutexHolderFromISR(semaphore) xQueueGetMutexHolderFromISR((semaphore))
#define uxSemaphoreGetCount(semaphore) uxQueueMessagesWaiting((QueueHandle_t)(semaphore))
#define xSemaphoreGetStaticBuffer(semaphore, buffer) \
    xQueueGenericGetStaticBuffers((QueueHandle_t)(semaphore), NULL, (buffer))

#endif
