// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * The kernel's base header: include it before the others (FreeRTOS's FreeRTOS.h). The kernel behind it is the
 * project's own; it keeps FreeRTOS's API (10.4.3, as in ESP-IDF v5.1) and semantics.
 */

#ifndef INC_FREERTOS_H
#define INC_FREERTOS_H

#include <stddef.h>
#include <stdint.h>

#include "freertos/FreeRTOSConfig.h"
#include "freertos/projdefs.h"
#include "freertos/portable.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Memory for a task that the caller owns (xTaskCreateStatic()); its content is the kernel's. */
typedef struct xSTATIC_TCB {
    uint64_t uxDummy[26];
} StaticTask_t;

/** Memory for a queue that the caller owns. */
typedef struct xSTATIC_QUEUE {
    uint64_t uxDummy[12];
} StaticQueue_t;

/** Memory for a semaphore or mutex that the caller owns. */
typedef StaticQueue_t StaticSemaphore_t;

/** Memory for an event group that the caller owns. */
typedef struct xSTATIC_EVENT_GROUP {
    uint64_t uxDummy[4];
} StaticEventGroup_t;

/** Memory for a software timer that the caller owns. */
typedef struct xSTATIC_TIMER {
    uint64_t uxDummy[6];
} StaticTimer_t;

/** Memory for a stream or message buffer that the caller owns. */
typedef struct xSTATIC_STREAM_BUFFER {
    uint64_t uxDummy[8];
} StaticStreamBuffer_t;
typedef StaticStreamBuffer_t StaticMessageBuffer_t;

// The names that FreeRTOS had before version 8: only for a project that asks for them, as in ESP-IDF.
#if configENABLE_BACKWARD_COMPATIBILITY == 1
#define eTaskStateGet eTaskGetState
#define portTickType TickType_t
#define xTaskHandle TaskHandle_t
#define xQueueHandle QueueHandle_t
#define xSemaphoreHandle SemaphoreHandle_t
#define xQueueSetHandle QueueSetHandle_t
#define xQueueSetMemberHandle QueueSetMemberHandle_t
#define xTimeOutType TimeOut_t
#define xTaskStatusType TaskStatus_t
#define xTimerHandle TimerHandle_t
#define portTICK_RATE_MS portTICK_PERIOD_MS
#define pcTaskGetTaskName pcTaskGetName
#define pcTimerGetTimerName pcTimerGetName
#define pcQueueGetQueueName pcQueueGetName
#define vTaskGetTaskInfo vTaskGetInfo
#define xTaskGetIdleRunTimeCounter ulTaskGetIdleRunTimeCounter
#define tmrTIMER_CALLBACK TimerCallbackFunction_t
#define pdTASK_CODE TaskFunction_t
#endif

#ifdef __cplusplus
}
#endif

#endif
