// SPDX-License-Identifier: Apache-2.0

/** @file Birth and death of tasks. */

#include "kernel.h"

#include <stdlib.h>
#include <string.h>

#include "esp_system.h"

_Static_assert(sizeof(struct tskTaskControlBlock) <= sizeof(StaticTask_t), "StaticTask_t is too small");

extern char __tdata_start[], __tdata_size[], __tls_size[];

static uint32_t next_number;

void k_tls_init(void *block)
{
    size_t initialised = (size_t)__tdata_size;
    memcpy(block, __tdata_start, initialised);
    memset((uint8_t *)block + initialised, 0, (size_t)__tls_size - initialised);
}

/** What k_context_load() takes off a stack: ra, s0 to s11, tp. */
typedef struct {
    uint32_t ra, s[12], tp, unused[2];
} switch_frame_t;

static void task_setup(TaskHandle_t task, TaskFunction_t code, const char *name, uint32_t size, void *argument,
                       UBaseType_t priority)
{
    memset(task->stack, K_STACK_FILL, size);
    task->stack_size = size;
    if (name != NULL) {
        strncpy(task->name, name, configMAX_TASK_NAME_LEN - 1);
    }
    if (priority >= configMAX_PRIORITIES) {
        priority = configMAX_PRIORITIES - 1;
    }
    task->priority = task->base_priority = (uint8_t)priority;

    uint32_t top = ((uint32_t)task->stack + size) & ~15u;
    top = (top - (uint32_t)__tls_size) & ~15u;
    k_tls_init((void *)top);
    switch_frame_t *frame = (switch_frame_t *)(top - sizeof(switch_frame_t));
    memset(frame, 0, sizeof(*frame));
    frame->ra = (uint32_t)k_task_entry;
    frame->s[0] = (uint32_t)code;
    frame->s[1] = (uint32_t)argument;
    frame->tp = top;
    task->sp = frame;

    uint32_t state = k_mask();
    task->number = ++next_number;
    k_task_count++;
    k_list_insert(&k_all_tasks, &task->all);
    k_make_ready(task);
    // Before the scheduler runs nothing is due: it will choose. A new task of equal priority goes first (ESP-IDF 5.1).
    if (k_current != NULL) {
        k_switch_due = k_switch_due || task->priority == k_current->priority;
        k_switch_if_due();
    }
    k_unmask(state);
}

BaseType_t xTaskCreatePinnedToCore(TaskFunction_t code, const char *const name,
                                   const configSTACK_DEPTH_TYPE stack_depth, void *const parameters,
                                   UBaseType_t priority, TaskHandle_t *const created, const BaseType_t core)
{
    // Programs for two cores name core 1; with one, ESP-IDF too runs everything on core 0.
    (void)core;
    uint8_t *stack = malloc(stack_depth);
    TaskHandle_t task = stack == NULL ? NULL : calloc(1, sizeof(*task));
    if (task == NULL) {
        free(stack);
        return errCOULD_NOT_ALLOCATE_REQUIRED_MEMORY;
    }
    task->stack = stack;
    task->own_stack = task->own_tcb = true;
    // The new task may run, and use the handle, before this returns.
    if (created != NULL) {
        *created = task;
    }
    task_setup(task, code, name, stack_depth, parameters, priority);
    return pdPASS;
}

TaskHandle_t xTaskCreateStaticPinnedToCore(TaskFunction_t code, const char *const name, const uint32_t stack_depth,
                                           void *const parameters, UBaseType_t priority, StackType_t *const stack,
                                           StaticTask_t *const buffer, const BaseType_t core)
{
    configASSERT(stack != NULL);
    configASSERT(buffer != NULL);
    configASSERT(core == tskNO_AFFINITY || (core >= 0 && core < configNUM_CORES));
    if (stack == NULL || buffer == NULL) {
        return NULL;
    }
    TaskHandle_t task = (TaskHandle_t)buffer;
    memset(task, 0, sizeof(*task));
    task->stack = stack;
    task_setup(task, code, name, stack_depth, parameters, priority);
    return task;
}

void k_task_run(TaskFunction_t function, void *argument)
{
    function(argument);
    static char message[80];
    strcpy(message, "FreeRTOS: FreeRTOS Task \"");
    strcat(message, pcTaskGetName(NULL));
    strcat(message, "\" should not return, Aborting now!");
    esp_system_abort(message);
}

/** Gives a dead task's memory back. Called unmasked, never on that task's stack. */
static void task_free(TaskHandle_t task)
{
    for (int i = 0; i < configNUM_THREAD_LOCAL_STORAGE_POINTERS; i++) {
        if (task->tls_callbacks[i] != NULL) {
            task->tls_callbacks[i](i, task->tls_pointers[i]);
        }
    }
    if (task->own_stack) {
        free(task->stack);
    }
    if (task->own_tcb) {
        free(task);
    }
}

void vTaskDelete(TaskHandle_t handle)
{
    uint32_t state = k_mask();
    TaskHandle_t task = k_task(handle);
    k_unlink(task);
    if (task->waiting_for != NULL) {
        QueueHandle_t mutex = task->waiting_for;
        task->waiting_for = NULL;
        k_mutex_settle(xQueueGetMutexHolder(mutex));
    }
    task->state = K_DELETED;
    k_list_remove(&task->all);
    k_task_count--;
    if (task != k_current) {
        k_unmask(state);
        task_free(task);
        return;
    }
    // A task cannot free the stack it stands on: idle does.
    k_list_insert(&k_deleted_tasks, &task->link);
    configASSERT(k_suspended == 0);
    k_switch();
    for (;;) {
        // Reached only when a switch is impossible here: the section's end, or the watchdog, takes over.
        k_unmask(state);
    }
}

void k_reap(void)
{
    for (;;) {
        uint32_t state = k_mask();
        TaskHandle_t task = NULL;
        if (!k_list_empty(&k_deleted_tasks)) {
            task = K_TASK_OF(k_deleted_tasks.next, link);
            k_list_remove(&task->link);
        }
        k_unmask(state);
        if (task == NULL) {
            return;
        }
        task_free(task);
    }
}

void k_check_stack(TaskHandle_t task)
{
    const uint32_t *guard = (const uint32_t *)(((uint32_t)task->stack + 3) & ~3u);
    for (int i = 0; i < K_STACK_GUARD / 4; i++) {
        if (guard[i] != K_STACK_FILL * 0x01010101u) {
            vApplicationStackOverflowHook(task, task->name);
            return;
        }
    }
}

__attribute__((weak)) void vApplicationStackOverflowHook(TaskHandle_t task, char *name)
{
    (void)task;
    static char message[80];
    strcpy(message, "***ERROR*** A stack overflow in task ");
    strcat(message, name);
    strcat(message, " has been detected.");
    esp_system_abort(message);
}
