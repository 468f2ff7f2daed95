// SPDX-License-Identifier: Apache-2.0

/** @file What can be asked about tasks. */

#include "kernel.h"

#include <stdio.h>
#include <string.h>

eTaskState eTaskGetState(TaskHandle_t task)
{
    configASSERT(task);
    if (task == k_current) {
        return eRunning;
    }
    static const eTaskState states[] = {
        [K_READY] = eReady, [K_BLOCKED] = eBlocked, [K_SUSPENDED] = eSuspended, [K_DELETED] = eDeleted};
    return states[task->state];
}

TickType_t xTaskGetTickCount(void)
{
    return (TickType_t)k_ticks;
}

TickType_t xTaskGetTickCountFromISR(void)
{
    return (TickType_t)k_ticks;
}

UBaseType_t uxTaskGetNumberOfTasks(void)
{
    return k_task_count;
}

char *pcTaskGetName(TaskHandle_t task)
{
    task = k_task(task);
    configASSERT(task);
    return task->name;
}

TaskHandle_t xTaskGetHandle(const char *name)
{
    configASSERT(strlen(name) < configMAX_TASK_NAME_LEN);
    uint32_t state = k_mask();
    TaskHandle_t found = NULL;
    for (k_link_t *link = k_all_tasks.next; link != &k_all_tasks && found == NULL; link = link->next) {
        TaskHandle_t task = K_TASK_OF(link, all);
        if (strcmp(task->name, name) == 0) {
            found = task;
        }
    }
    k_unmask(state);
    return found;
}

BaseType_t xTaskGetStaticBuffers(TaskHandle_t handle, StackType_t **stack, StaticTask_t **buffer)
{
    TaskHandle_t task = k_task(handle);
    configASSERT(stack != NULL);
    configASSERT(buffer != NULL);
    if (task->own_stack) {
        return pdFALSE;
    }
    *stack = task->stack;
    *buffer = task->own_tcb ? NULL : (StaticTask_t *)task;
    return pdTRUE;
}

UBaseType_t uxTaskGetStackHighWaterMark(TaskHandle_t handle)
{
    const uint8_t *byte = k_task(handle)->stack;
    UBaseType_t free_bytes = 0;
    while (*byte++ == K_STACK_FILL) {
        free_bytes++;
    }
    return free_bytes;
}

configSTACK_DEPTH_TYPE uxTaskGetStackHighWaterMark2(TaskHandle_t task)
{
    return uxTaskGetStackHighWaterMark(task);
}

uint8_t *pxTaskGetStackStart(TaskHandle_t task)
{
    return k_task(task)->stack;
}

TaskHandle_t xTaskGetCurrentTaskHandle(void)
{
    return k_current;
}

TaskHandle_t xTaskGetCurrentTaskHandleForCPU(BaseType_t core)
{
    return core == 0 ? k_current : NULL;
}

TaskHandle_t xTaskGetIdleTaskHandle(void)
{
    return k_idle_task;
}

TaskHandle_t xTaskGetIdleTaskHandleForCPU(UBaseType_t core)
{
    return core == 0 ? k_idle_task : NULL;
}

BaseType_t xTaskGetAffinity(TaskHandle_t task)
{
    (void)task;
    return 0;
}

void vTaskGetInfo(TaskHandle_t handle, TaskStatus_t *status, BaseType_t measure_stack, eTaskState state)
{
    TaskHandle_t task = k_task(handle);
    status->xHandle = task;
    status->pcTaskName = task->name;
    status->xTaskNumber = task->number;
    status->eCurrentState = state == eInvalid ? eTaskGetState(task) : state;
    status->uxCurrentPriority = task->priority;
    status->uxBasePriority = task->base_priority;
    status->ulRunTimeCounter = 0;
    status->pxStackBase = task->stack;
    status->usStackHighWaterMark = measure_stack != pdFALSE ? uxTaskGetStackHighWaterMark(task) : 0;
}

UBaseType_t uxTaskGetSystemState(TaskStatus_t *const array, const UBaseType_t size, uint32_t *const total_run_time)
{
    UBaseType_t count = 0;
    vTaskSuspendAll();
    if (size >= k_task_count) {
        for (k_link_t *link = k_all_tasks.next; link != &k_all_tasks; link = link->next) {
            vTaskGetInfo(K_TASK_OF(link, all), &array[count++], pdTRUE, eInvalid);
        }
    }
    xTaskResumeAll();
    if (total_run_time != NULL) {
        *total_run_time = 0;
    }
    return count;
}

void vTaskList(char *buffer)
{
    static const char letters[] = {'X', 'R', 'B', 'S', 'D', '?'};
    buffer[0] = '\0';
    vTaskSuspendAll();
    for (k_link_t *link = k_all_tasks.next; link != &k_all_tasks; link = link->next) {
        TaskStatus_t status;
        vTaskGetInfo(K_TASK_OF(link, all), &status, pdTRUE, eInvalid);
        buffer += sprintf(buffer, "%-*s\t%c\t%u\t%u\t%u\r\n", configMAX_TASK_NAME_LEN - 1, status.pcTaskName,
                          letters[status.eCurrentState], status.uxCurrentPriority,
                          (unsigned)status.usStackHighWaterMark, status.xTaskNumber);
    }
    xTaskResumeAll();
}

void vTaskSetThreadLocalStoragePointer(TaskHandle_t task, BaseType_t index, void *value)
{
    vTaskSetThreadLocalStoragePointerAndDelCallback(task, index, value, NULL);
}

void vTaskSetThreadLocalStoragePointerAndDelCallback(TaskHandle_t task, BaseType_t index, void *value,
                                                     TlsDeleteCallbackFunction_t callback)
{
    if (index >= 0 && index < configNUM_THREAD_LOCAL_STORAGE_POINTERS) {
        k_task(task)->tls_pointers[index] = value;
        k_task(task)->tls_callbacks[index] = callback;
    }
}

void *pvTaskGetThreadLocalStoragePointer(TaskHandle_t task, BaseType_t index)
{
    if (index < 0 || index >= configNUM_THREAD_LOCAL_STORAGE_POINTERS) {
        return NULL;
    }
    return k_task(task)->tls_pointers[index];
}
