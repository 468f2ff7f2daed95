// SPDX-License-Identifier: Apache-2.0

/** @file Task notifications. */

#include "kernel.h"

enum { NOT_WAITING = 0, WAITING = 1, RECEIVED = 2 };

/** Applies a notification; true when it was taken. Wakes the task if it waits for one. */
static bool notify(TaskHandle_t task, UBaseType_t index, uint32_t value, eNotifyAction action, uint32_t *previous)
{
    configASSERT(index < configTASK_NOTIFICATION_ARRAY_ENTRIES);
    configASSERT(task);
    bool taken = true;
    uint8_t before = task->notify_state[index];
    if (previous != NULL) {
        *previous = task->notify_value[index];
    }
    task->notify_state[index] = RECEIVED;
    switch (action) {
    case eSetBits:
        task->notify_value[index] |= value;
        break;
    case eIncrement:
        task->notify_value[index]++;
        break;
    case eSetValueWithOverwrite:
        task->notify_value[index] = value;
        break;
    case eSetValueWithoutOverwrite:
        if (before != RECEIVED) {
            task->notify_value[index] = value;
        } else {
            taken = false;
        }
        break;
    default:
        break;
    }
    if (before == WAITING && task->state == K_BLOCKED) {
        k_wake(task, K_WOKEN);
    }
    return taken;
}

BaseType_t xTaskGenericNotify(TaskHandle_t task, UBaseType_t index, uint32_t value, eNotifyAction action,
                              uint32_t *previous_value)
{
    uint32_t state = k_mask();
    bool taken = notify(task, index, value, action, previous_value);
    k_switch_if_due();
    k_unmask(state);
    return taken ? pdPASS : pdFAIL;
}

BaseType_t xTaskGenericNotifyFromISR(TaskHandle_t task, UBaseType_t index, uint32_t value, eNotifyAction action,
                                     uint32_t *previous_value, BaseType_t *woken)
{
    uint32_t state = k_mask();
    bool taken = notify(task, index, value, action, previous_value);
    if (woken != NULL && task->state == K_READY && task->priority > k_current->priority) {
        *woken = pdTRUE;
    }
    k_unmask(state);
    return taken ? pdPASS : pdFAIL;
}

void vTaskGenericNotifyGiveFromISR(TaskHandle_t task, UBaseType_t index, BaseType_t *woken)
{
    xTaskGenericNotifyFromISR(task, index, 0, eIncrement, NULL, woken);
}

uint32_t ulTaskGenericNotifyTake(UBaseType_t index, BaseType_t clear_on_exit, TickType_t ticks)
{
    configASSERT(index < configTASK_NOTIFICATION_ARRAY_ENTRIES);
    uint32_t state = k_mask();
    TaskHandle_t task = k_current;
    if (task->notify_value[index] == 0 && ticks > 0) {
        task->notify_state[index] = WAITING;
        k_block(NULL, k_deadline(ticks));
    }
    uint32_t value = task->notify_value[index];
    if (value != 0) {
        task->notify_value[index] = clear_on_exit != pdFALSE ? 0 : value - 1;
    }
    task->notify_state[index] = NOT_WAITING;
    k_unmask(state);
    return value;
}

BaseType_t xTaskGenericNotifyWait(UBaseType_t index, uint32_t clear_on_entry, uint32_t clear_on_exit, uint32_t *value,
                                  TickType_t ticks)
{
    configASSERT(index < configTASK_NOTIFICATION_ARRAY_ENTRIES);
    uint32_t state = k_mask();
    TaskHandle_t task = k_current;
    if (task->notify_state[index] != RECEIVED) {
        task->notify_value[index] &= ~clear_on_entry;
        task->notify_state[index] = WAITING;
        if (ticks > 0) {
            k_block(NULL, k_deadline(ticks));
        }
    }
    if (value != NULL) {
        *value = task->notify_value[index];
    }
    BaseType_t received = pdFALSE;
    if (task->notify_state[index] == RECEIVED) {
        task->notify_value[index] &= ~clear_on_exit;
        received = pdTRUE;
    }
    task->notify_state[index] = NOT_WAITING;
    k_unmask(state);
    return received;
}

BaseType_t xTaskGenericNotifyStateClear(TaskHandle_t handle, UBaseType_t index)
{
    configASSERT(index < configTASK_NOTIFICATION_ARRAY_ENTRIES);
    uint32_t state = k_mask();
    TaskHandle_t task = k_task(handle);
    BaseType_t cleared = task->notify_state[index] == RECEIVED ? pdPASS : pdFAIL;
    if (cleared == pdPASS) {
        task->notify_state[index] = NOT_WAITING;
    }
    k_unmask(state);
    return cleared;
}

uint32_t ulTaskGenericNotifyValueClear(TaskHandle_t handle, UBaseType_t index, uint32_t bits)
{
    uint32_t state = k_mask();
    TaskHandle_t task = k_task(handle);
    uint32_t before = task->notify_value[index];
    task->notify_value[index] = before & ~bits;
    k_unmask(state);
    return before;
}
