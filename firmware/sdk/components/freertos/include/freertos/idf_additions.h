// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file ESP-IDF's idf_additions.h: everything of the kernel, plus creation in chosen memory. */

#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"
#include "freertos/message_buffer.h"
#include "freertos/queue.h"
#include "freertos/semphr.h"
#include "freertos/stream_buffer.h"
#include "freertos/task.h"

/** This chip has one kind of memory for tasks, so @p caps is not looked at. */
static inline BaseType_t xTaskCreatePinnedToCoreWithCaps(TaskFunction_t code, const char *const name,
                                                         const configSTACK_DEPTH_TYPE stack_depth,
                                                         void *const parameters, UBaseType_t priority,
                                                         TaskHandle_t *const created, const BaseType_t core,
                                                         UBaseType_t caps)
{
    (void)caps;
    return xTaskCreatePinnedToCore(code, name, stack_depth, parameters, priority, created, core);
}

static inline BaseType_t xTaskCreateWithCaps(TaskFunction_t code, const char *const name,
                                             configSTACK_DEPTH_TYPE stack_depth, void *const parameters,
                                             UBaseType_t priority, TaskHandle_t *created, UBaseType_t caps)
{
    return xTaskCreatePinnedToCoreWithCaps(code, name, stack_depth, parameters, priority, created, tskNO_AFFINITY,
                                           caps);
}

static inline void vTaskDeleteWithCaps(TaskHandle_t task)
{
    vTaskDelete(task);
}
