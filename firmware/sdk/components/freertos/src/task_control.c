// SPDX-License-Identifier: Apache-2.0

/** @file Delays, priorities, suspension. */

#include "kernel.h"

void vTaskDelay(const TickType_t ticks)
{
    if (ticks > 0) {
        configASSERT(k_suspended == 0);
        if (k_owe_delay(ticks)) {
            return;
        }
    }
    uint32_t state = k_mask();
    if (ticks == 0) {
        k_switch();
    } else {
        k_block(NULL, k_deadline(ticks));
    }
    k_unmask(state);
}

BaseType_t xTaskDelayUntil(TickType_t *const previous_wake, const TickType_t increment)
{
    configASSERT(previous_wake);
    configASSERT((increment > 0U));
    configASSERT(k_suspended == 0);
    uint32_t state = k_mask();
    TickType_t now = (TickType_t)k_ticks;
    TickType_t elapsed = now - *previous_wake;
    *previous_wake += increment;
    BaseType_t delayed = pdFALSE;
    if (elapsed < increment) {
        delayed = pdTRUE;
        k_block(NULL, k_ticks + (increment - elapsed));
    } else {
        k_switch();
    }
    k_unmask(state);
    return delayed;
}

BaseType_t xTaskAbortDelay(TaskHandle_t task)
{
    configASSERT(task);
    uint32_t state = k_mask();
    BaseType_t aborted = pdFAIL;
    if (task->state == K_BLOCKED) {
        task->delay_aborted = true;
        k_wake(task, K_TIMED_OUT);
        k_switch_if_due();
        aborted = pdPASS;
    }
    k_unmask(state);
    return aborted;
}

UBaseType_t uxTaskPriorityGet(const TaskHandle_t task)
{
    return k_task(task)->priority;
}

UBaseType_t uxTaskPriorityGetFromISR(const TaskHandle_t task)
{
    return k_task(task)->priority;
}

void vTaskPrioritySet(TaskHandle_t handle, UBaseType_t priority)
{
    configASSERT((priority < configMAX_PRIORITIES));
    if (priority >= configMAX_PRIORITIES) {
        priority = configMAX_PRIORITIES - 1;
    }
    uint32_t state = k_mask();
    TaskHandle_t task = k_task(handle);
    UBaseType_t before = task->base_priority;
    task->base_priority = (uint8_t)priority;
    // With mutexes held, what was lent stays.
    k_mutex_settle(task);
    if (task == k_current ? priority < before : task->state == K_READY && task->priority > k_current->priority) {
        k_switch();
    }
    k_unmask(state);
}

void vTaskSuspend(TaskHandle_t handle)
{
    uint32_t state = k_mask();
    TaskHandle_t task = k_task(handle);
    if (task->state != K_SUSPENDED) {
        task->wake = K_INTERRUPTED;
        k_unlink(task);
        task->state = K_SUSPENDED;
        k_list_insert(&k_suspended_tasks, &task->link);
        if (task == k_current) {
            configASSERT(k_suspended == 0);
            k_switch();
        }
    }
    k_unmask(state);
}

static bool resume(TaskHandle_t task)
{
    configASSERT(task);
    if (task == k_current || task->state != K_SUSPENDED) {
        return false;
    }
    k_list_remove(&task->link);
    k_make_ready(task);
    return task->priority >= k_current->priority;
}

void vTaskResume(TaskHandle_t task)
{
    uint32_t state = k_mask();
    if (resume(task)) {
        k_switch();
    }
    k_unmask(state);
}

BaseType_t xTaskResumeFromISR(TaskHandle_t task)
{
    uint32_t state = k_mask();
    BaseType_t needed = resume(task) ? pdTRUE : pdFALSE;
    k_unmask(state);
    return needed;
}

void vTaskSetTimeOutState(TimeOut_t *const time_out)
{
    configASSERT(time_out);
    time_out->xOverflowCount = 0;
    time_out->xTimeOnEntering = (TickType_t)k_ticks;
}

BaseType_t xTaskCheckForTimeOut(TimeOut_t *const time_out, TickType_t *const ticks)
{
    configASSERT(time_out);
    configASSERT(ticks);
    if (*ticks == portMAX_DELAY) {
        return pdFALSE;
    }
    TickType_t elapsed = (TickType_t)k_ticks - time_out->xTimeOnEntering;
    if (elapsed >= *ticks) {
        *ticks = 0;
        return pdTRUE;
    }
    *ticks -= elapsed;
    vTaskSetTimeOutState(time_out);
    return pdFALSE;
}
