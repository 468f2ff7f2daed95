// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Tasks (FreeRTOS's task.h, with ESP-IDF's additions). Priorities run from 0 (idle) to configMAX_PRIORITIES - 1; the
 * ready task with the highest priority runs, tasks of equal priority take turns at each tick. Times are in ticks of
 * 1 / configTICK_RATE_HZ seconds; portMAX_DELAY waits for ever. Calls ending in FromISR, and only those, may be used
 * in interrupt handlers.
 */

#ifndef INC_TASK_H
#define INC_TASK_H

#ifndef INC_FREERTOS_H
#error "include FreeRTOS.h must appear in source files before include task.h"
#endif

#include "freertos/list.h"

#ifdef __cplusplus
extern "C" {
#endif

#define tskKERNEL_VERSION_NUMBER "V10.4.3"
#define tskKERNEL_VERSION_MAJOR 10
#define tskKERNEL_VERSION_MINOR 4
#define tskKERNEL_VERSION_BUILD 3
#define tskDEFAULT_INDEX_TO_NOTIFY (0)
/** Core argument of a task that may run anywhere. */
#define tskNO_AFFINITY (0x7FFFFFFF)
#define tskIDLE_PRIORITY ((UBaseType_t)0U)

/** A task. NULL means the calling task wherever a handle is taken. */
typedef struct tskTaskControlBlock *TaskHandle_t;
typedef BaseType_t (*TaskHookFunction_t)(void *);

/** What a task is doing. */
typedef enum {
    eRunning = 0,
    eReady,
    eBlocked,
    eSuspended,
    eDeleted,
    eInvalid
} eTaskState;

/** What a notification does to the notified task's value. */
typedef enum {
    eNoAction = 0,
    eSetBits,
    eIncrement,
    eSetValueWithOverwrite,
    eSetValueWithoutOverwrite
} eNotifyAction;

/** Start of a wait, for vTaskSetTimeOutState() and xTaskCheckForTimeOut(). */
typedef struct xTIME_OUT {
    BaseType_t xOverflowCount;
    TickType_t xTimeOnEntering;
} TimeOut_t;

/** One task as vTaskGetInfo() and uxTaskGetSystemState() describe it. */
typedef struct xTASK_STATUS {
    TaskHandle_t xHandle;
    const char *pcTaskName;
    UBaseType_t xTaskNumber;
    eTaskState eCurrentState;
    UBaseType_t uxCurrentPriority;
    UBaseType_t uxBasePriority;
    uint32_t ulRunTimeCounter;
    StackType_t *pxStackBase;
    configSTACK_DEPTH_TYPE usStackHighWaterMark;
} TaskStatus_t;

#define taskYIELD() portYIELD()
#define taskENTER_CRITICAL(x) portENTER_CRITICAL(x)
#define taskENTER_CRITICAL_FROM_ISR() portSET_INTERRUPT_MASK_FROM_ISR()
#define taskENTER_CRITICAL_ISR(x) portENTER_CRITICAL_ISR(x)
#define taskEXIT_CRITICAL(x) portEXIT_CRITICAL(x)
#define taskEXIT_CRITICAL_FROM_ISR(x) portCLEAR_INTERRUPT_MASK_FROM_ISR(x)
#define taskEXIT_CRITICAL_ISR(x) portEXIT_CRITICAL_ISR(x)
#define taskDISABLE_INTERRUPTS() portDISABLE_INTERRUPTS()
#define taskENABLE_INTERRUPTS() portENABLE_INTERRUPTS()

#define taskSCHEDULER_SUSPENDED ((BaseType_t)0)
#define taskSCHEDULER_NOT_STARTED ((BaseType_t)1)
#define taskSCHEDULER_RUNNING ((BaseType_t)2)

/**
 * Creates a task that is ready to run.
 * @param stack_depth stack size in bytes
 * @param core        ignored: there is one
 * @return pdPASS, or errCOULD_NOT_ALLOCATE_REQUIRED_MEMORY
 */
BaseType_t xTaskCreatePinnedToCore(TaskFunction_t code, const char *const name,
                                   const configSTACK_DEPTH_TYPE stack_depth, void *const parameters,
                                   UBaseType_t priority, TaskHandle_t *const created, const BaseType_t core);

/** Creates a task in the caller's memory. Returns its handle, or NULL when a buffer is missing. */
TaskHandle_t xTaskCreateStaticPinnedToCore(TaskFunction_t code, const char *const name, const uint32_t stack_depth,
                                           void *const parameters, UBaseType_t priority, StackType_t *const stack,
                                           StaticTask_t *const task, const BaseType_t core);

/** xTaskCreatePinnedToCore() on any core. */
static inline __attribute__((always_inline)) BaseType_t xTaskCreate(TaskFunction_t code, const char *const name,
                                                                    const configSTACK_DEPTH_TYPE stack_depth,
                                                                    void *const parameters, UBaseType_t priority,
                                                                    TaskHandle_t *const created)
{
    return xTaskCreatePinnedToCore(code, name, stack_depth, parameters, priority, created, tskNO_AFFINITY);
}

/** xTaskCreateStaticPinnedToCore() on any core. */
static inline __attribute__((always_inline)) TaskHandle_t xTaskCreateStatic(TaskFunction_t code, const char *const name,
                                                                            const uint32_t stack_depth,
                                                                            void *const parameters,
                                                                            UBaseType_t priority,
                                                                            StackType_t *const stack,
                                                                            StaticTask_t *const task)
{
    return xTaskCreateStaticPinnedToCore(code, name, stack_depth, parameters, priority, stack, task, tskNO_AFFINITY);
}

/** Ends a task. Its memory is given back at once, or by the idle task when a task ends itself. */
void vTaskDelete(TaskHandle_t task);
/** Blocks the caller for @p ticks ticks; 0 only yields. */
void vTaskDelay(const TickType_t ticks);
/** Blocks the caller until *@p previous_wake + @p increment and stores that; pdFALSE when that moment has passed. */
BaseType_t xTaskDelayUntil(TickType_t *const previous_wake, const TickType_t increment);
#define vTaskDelayUntil(previous_wake, increment) \
    {                                             \
        (void)xTaskDelayUntil(previous_wake, increment); \
    }
/** Ends a task's wait early; pdFAIL when it was not blocked. */
BaseType_t xTaskAbortDelay(TaskHandle_t task);
/** A task's present priority, inheritance included. */
UBaseType_t uxTaskPriorityGet(const TaskHandle_t task);
UBaseType_t uxTaskPriorityGetFromISR(const TaskHandle_t task);
/** Sets a task's own priority (0 to configMAX_PRIORITIES - 1). */
void vTaskPrioritySet(TaskHandle_t task, UBaseType_t priority);
eTaskState eTaskGetState(TaskHandle_t task);
/** Describes one task; measuring the free stack takes time and can be left out. */
void vTaskGetInfo(TaskHandle_t task, TaskStatus_t *status, BaseType_t measure_stack, eTaskState state);
/** Takes a task out of scheduling until vTaskResume(). */
void vTaskSuspend(TaskHandle_t task);
void vTaskResume(TaskHandle_t task);
/** Returns pdTRUE when a switch is needed at the handler's end. */
BaseType_t xTaskResumeFromISR(TaskHandle_t task);

/** Started by the SDK before app_main(); calling it again is an error. */
void vTaskStartScheduler(void);
void vTaskEndScheduler(void);
/** Keeps the calling task running until xTaskResumeAll(); interrupts stay on. Nests. The caller must not block. */
void vTaskSuspendAll(void);
/** Undoes vTaskSuspendAll(); pdTRUE when that switched to another task. */
BaseType_t xTaskResumeAll(void);
/** One of taskSCHEDULER_NOT_STARTED, taskSCHEDULER_RUNNING, taskSCHEDULER_SUSPENDED. */
BaseType_t xTaskGetSchedulerState(void);

/** Ticks since the scheduler started. */
TickType_t xTaskGetTickCount(void);
TickType_t xTaskGetTickCountFromISR(void);
UBaseType_t uxTaskGetNumberOfTasks(void);
/** A task's name; at most configMAX_TASK_NAME_LEN - 1 characters are kept. */
char *pcTaskGetName(TaskHandle_t task);
/** The task of that name, or NULL. */
TaskHandle_t xTaskGetHandle(const char *name);
BaseType_t xTaskGetStaticBuffers(TaskHandle_t task, StackType_t **stack, StaticTask_t **buffer);
/** Fewest bytes of stack that were ever free. */
UBaseType_t uxTaskGetStackHighWaterMark(TaskHandle_t task);
configSTACK_DEPTH_TYPE uxTaskGetStackHighWaterMark2(TaskHandle_t task);
/** Lowest address of a task's stack. */
uint8_t *pxTaskGetStackStart(TaskHandle_t task);
TaskHandle_t xTaskGetCurrentTaskHandle(void);
TaskHandle_t xTaskGetCurrentTaskHandleForCPU(BaseType_t core);
TaskHandle_t xTaskGetIdleTaskHandle(void);
TaskHandle_t xTaskGetIdleTaskHandleForCPU(UBaseType_t core);
/** The core a task runs on: 0. */
BaseType_t xTaskGetAffinity(TaskHandle_t task);
/** Describes up to @p size tasks; returns how many. The run time is always 0: run-time statistics are off. */
UBaseType_t uxTaskGetSystemState(TaskStatus_t *const array, const UBaseType_t size, uint32_t *const total_run_time);
/** Writes a table of all tasks (name, state, priority, free stack, number), about 40 bytes a task. */
void vTaskList(char *buffer);

/** Per-task pointers, index 0 to configNUM_THREAD_LOCAL_STORAGE_POINTERS - 1. */
void vTaskSetThreadLocalStoragePointer(TaskHandle_t task, BaseType_t index, void *value);
void *pvTaskGetThreadLocalStoragePointer(TaskHandle_t task, BaseType_t index);
typedef void (*TlsDeleteCallbackFunction_t)(int, void *);
/** As above, with a function that is called with index and value when the task is deleted. */
void vTaskSetThreadLocalStoragePointerAndDelCallback(TaskHandle_t task, BaseType_t index, void *value,
                                                     TlsDeleteCallbackFunction_t callback);

/** Called when a task's stack has overflowed; panics unless the program defines its own. */
void vApplicationStackOverflowHook(TaskHandle_t task, char *name);

/** Notifies a task; pdFAIL only for eSetValueWithoutOverwrite on a pending notification. */
BaseType_t xTaskGenericNotify(TaskHandle_t task, UBaseType_t index, uint32_t value, eNotifyAction action,
                              uint32_t *previous_value);
BaseType_t xTaskGenericNotifyFromISR(TaskHandle_t task, UBaseType_t index, uint32_t value, eNotifyAction action,
                                     uint32_t *previous_value, BaseType_t *woken);
/** Waits for a notification; pdTRUE when one came. Bits are cleared from the value on entry and on exit. */
BaseType_t xTaskGenericNotifyWait(UBaseType_t index, uint32_t clear_on_entry, uint32_t clear_on_exit, uint32_t *value,
                                  TickType_t ticks);
void vTaskGenericNotifyGiveFromISR(TaskHandle_t task, UBaseType_t index, BaseType_t *woken);
/** Waits for a value other than 0, then clears or decrements it. Returns the value before that; 0 is a time-out. */
uint32_t ulTaskGenericNotifyTake(UBaseType_t index, BaseType_t clear_on_exit, TickType_t ticks);
/** Forgets a pending notification; pdTRUE when there was one. */
BaseType_t xTaskGenericNotifyStateClear(TaskHandle_t task, UBaseType_t index);
/** Clears bits of a task's value and returns the value before. */
uint32_t ulTaskGenericNotifyValueClear(TaskHandle_t task, UBaseType_t index, uint32_t bits);

#define xTaskNotify(task, value, action) \
    xTaskGenericNotify((task), (tskDEFAULT_INDEX_TO_NOTIFY), (value), (action), NULL)
#define xTaskNotifyIndexed(task, index, value, action) xTaskGenericNotify((task), (index), (value), (action), NULL)
#define xTaskNotifyAndQuery(task, value, action, previous) \
    xTaskGenericNotify((task), (tskDEFAULT_INDEX_TO_NOTIFY), (value), (action), (previous))
#define xTaskNotifyAndQueryIndexed(task, index, value, action, previous) \
    xTaskGenericNotify((task), (index), (value), (action), (previous))
#define xTaskNotifyFromISR(task, value, action, woken) \
    xTaskGenericNotifyFromISR((task), (tskDEFAULT_INDEX_TO_NOTIFY), (value), (action), NULL, (woken))
#define xTaskNotifyIndexedFromISR(task, index, value, action, woken) \
    xTaskGenericNotifyFromISR((task), (index), (value), (action), NULL, (woken))
#define xTaskNotifyAndQueryFromISR(task, value, action, previous, woken) \
    xTaskGenericNotifyFromISR((task), (tskDEFAULT_INDEX_TO_NOTIFY), (value), (action), (previous), (woken))
#define xTaskNotifyAndQueryIndexedFromISR(task, index, value, action, previous, woken) \
    xTaskGenericNotifyFromISR((task), (index), (value), (action), (previous), (woken))
#define xTaskNotifyWait(clear_on_entry, clear_on_exit, value, ticks) \
    xTaskGenericNotifyWait(tskDEFAULT_INDEX_TO_NOTIFY, (clear_on_entry), (clear_on_exit), (value), (ticks))
#define xTaskNotifyWaitIndexed(index, clear_on_entry, clear_on_exit, value, ticks) \
    xTaskGenericNotifyWait((index), (clear_on_entry), (clear_on_exit), (value), (ticks))
#define xTaskNotifyGive(task) xTaskGenericNotify((task), (tskDEFAULT_INDEX_TO_NOTIFY), (0), eIncrement, NULL)
#define xTaskNotifyGiveIndexed(task, index) xTaskGenericNotify((task), (index), (0), eIncrement, NULL)
#define vTaskNotifyGiveFromISR(task, woken) vTaskGenericNotifyGiveFromISR((task), (tskDEFAULT_INDEX_TO_NOTIFY), (woken))
#define vTaskNotifyGiveIndexedFromISR(task, index, woken) vTaskGenericNotifyGiveFromISR((task), (index), (woken))
#define ulTaskNotifyTake(clear_on_exit, ticks) \
    ulTaskGenericNotifyTake((tskDEFAULT_INDEX_TO_NOTIFY), (clear_on_exit), (ticks))
#define ulTaskNotifyTakeIndexed(index, clear_on_exit, ticks) ulTaskGenericNotifyTake((index), (clear_on_exit), (ticks))
#define xTaskNotifyStateClear(task) xTaskGenericNotifyStateClear((task), (tskDEFAULT_INDEX_TO_NOTIFY))
#define xTaskNotifyStateClearIndexed(task, index) xTaskGenericNotifyStateClear((task), (index))
#define ulTaskNotifyValueClear(task, bits) ulTaskGenericNotifyValueClear((task), (tskDEFAULT_INDEX_TO_NOTIFY), (bits))
#define ulTaskNotifyValueClearIndexed(task, index, bits) ulTaskGenericNotifyValueClear((task), (index), (bits))

/** Remembers the present moment as the start of a wait. */
void vTaskSetTimeOutState(TimeOut_t *const time_out);
/** pdTRUE when *@p ticks have passed since the start; otherwise subtracts the time passed and restarts the wait. */
BaseType_t xTaskCheckForTimeOut(TimeOut_t *const time_out, TickType_t *const ticks);

#ifdef __cplusplus
}
#endif

#endif
