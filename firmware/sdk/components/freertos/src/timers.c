// SPDX-License-Identifier: Apache-2.0

/** @file Software timers and their task. All timer state but the flags is touched by that task alone. */

#include "freertos/FreeRTOS.h"

#include "freertos/timers.h"

#include <stdlib.h>
#include <string.h>

#include "kernel.h"
#include "sdk_start.h"

struct tmrTimerControl {
    k_link_t link;
    uint64_t expiry;
    const char *name;
    TickType_t period;
    void *id;
    TimerCallbackFunction_t callback;
    uint8_t auto_reload, own_memory;
    volatile uint8_t active;
};

_Static_assert(sizeof(struct tmrTimerControl) <= sizeof(StaticTimer_t), "StaticTimer_t is too small");

/** What goes through the queue: a command for a timer, or a function to call. */
typedef struct {
    BaseType_t command;
    union {
        struct {
            TimerHandle_t timer;
            TickType_t value;
        };
        struct {
            PendedFunction_t function;
            void *parameter1;
            uint32_t parameter2;
        };
    };
} message_t;

#define TIMER_OF(pointer) ((TimerHandle_t)((uint8_t *)(pointer) - offsetof(struct tmrTimerControl, link)))

static QueueHandle_t queue;
static TaskHandle_t daemon;
static k_link_t running;

static void timer_insert(TimerHandle_t timer)
{
    k_link_t *where = running.prev;
    while (where != &running && TIMER_OF(where)->expiry > timer->expiry) {
        where = where->prev;
    }
    k_list_insert(where->next, &timer->link);
    timer->active = 1;
}

static void timer_expire(TimerHandle_t timer)
{
    k_list_remove(&timer->link);
    if (timer->auto_reload) {
        timer->expiry += timer->period;
        timer_insert(timer);
    } else {
        timer->active = 0;
    }
    timer->callback(timer);
}

/** 64-bit tick of a 32-bit tick value of a moment ago. */
static uint64_t recent(TickType_t tick)
{
    return k_ticks - (TickType_t)((TickType_t)k_ticks - tick);
}

static void timer_command(const message_t *message)
{
    TimerHandle_t timer = message->timer;
    k_list_remove(&timer->link);
    switch (message->command) {
    case tmrCOMMAND_START:
    case tmrCOMMAND_START_FROM_ISR:
    case tmrCOMMAND_RESET:
    case tmrCOMMAND_RESET_FROM_ISR:
    case tmrCOMMAND_START_DONT_TRACE:
        timer->expiry = recent(message->value) + timer->period;
        timer_insert(timer);
        break;
    case tmrCOMMAND_CHANGE_PERIOD:
    case tmrCOMMAND_CHANGE_PERIOD_FROM_ISR:
        configASSERT((message->value > 0));
        timer->period = message->value;
        timer->expiry = k_ticks + timer->period;
        timer_insert(timer);
        break;
    case tmrCOMMAND_DELETE:
        timer->active = 0;
        if (timer->own_memory) {
            free(timer);
        }
        break;
    default:
        timer->active = 0;
        break;
    }
}

static void timer_task(void *arg)
{
    (void)arg;
    for (;;) {
        while (!k_list_empty(&running) && TIMER_OF(running.next)->expiry <= k_ticks) {
            timer_expire(TIMER_OF(running.next));
        }
        TickType_t wait = portMAX_DELAY;
        if (!k_list_empty(&running)) {
            uint64_t left = TIMER_OF(running.next)->expiry - k_ticks;
            wait = left < portMAX_DELAY ? (TickType_t)left : portMAX_DELAY - 1;
        }
        message_t message;
        if (xQueueReceive(queue, &message, wait) == pdPASS) {
            if (message.command < 0) {
                message.function(message.parameter1, message.parameter2);
            } else {
                timer_command(&message);
            }
        }
    }
}


void sdk_timers_start(void)
{
    k_list_init(&running);
    queue = xQueueCreate(configTIMER_QUEUE_LENGTH, sizeof(message_t));
    xTaskCreate(timer_task, "Tmr Svc", configTIMER_TASK_STACK_DEPTH, NULL, configTIMER_TASK_PRIORITY, &daemon);
}

TimerHandle_t xTimerCreateStatic(const char *const name, const TickType_t period, const UBaseType_t auto_reload,
                                 void *const id, TimerCallbackFunction_t callback, StaticTimer_t *buffer)
{
    configASSERT(buffer);
    configASSERT((period > 0));
    TimerHandle_t timer = (TimerHandle_t)buffer;
    memset(timer, 0, sizeof(*timer));
    timer->name = name;
    timer->period = period;
    timer->auto_reload = auto_reload != pdFALSE;
    timer->id = id;
    timer->callback = callback;
    return timer;
}

TimerHandle_t xTimerCreate(const char *const name, const TickType_t period, const UBaseType_t auto_reload,
                           void *const id, TimerCallbackFunction_t callback)
{
    StaticTimer_t *buffer = malloc(sizeof(struct tmrTimerControl));
    if (buffer == NULL) {
        return NULL;
    }
    TimerHandle_t timer = xTimerCreateStatic(name, period, auto_reload, id, callback, buffer);
    timer->own_memory = 1;
    return timer;
}

BaseType_t xTimerGenericCommand(TimerHandle_t timer, const BaseType_t command, const TickType_t value,
                                BaseType_t *const woken, const TickType_t ticks)
{
    configASSERT(timer);
    message_t message = {.command = command, .timer = timer, .value = value};
    if (command >= tmrFIRST_FROM_ISR_COMMAND) {
        return xQueueSendToBackFromISR(queue, &message, woken);
    }
    return xQueueSendToBack(queue, &message, xTaskGetSchedulerState() == taskSCHEDULER_RUNNING ? ticks : 0);
}

BaseType_t xTimerPendFunctionCall(PendedFunction_t function, void *parameter1, uint32_t parameter2, TickType_t ticks)
{
    message_t message = {.command = tmrCOMMAND_EXECUTE_CALLBACK,
                         .function = function,
                         .parameter1 = parameter1,
                         .parameter2 = parameter2};
    return xQueueSendToBack(queue, &message, ticks);
}

BaseType_t xTimerPendFunctionCallFromISR(PendedFunction_t function, void *parameter1, uint32_t parameter2,
                                         BaseType_t *woken)
{
    message_t message = {.command = tmrCOMMAND_EXECUTE_CALLBACK_FROM_ISR,
                         .function = function,
                         .parameter1 = parameter1,
                         .parameter2 = parameter2};
    return xQueueSendFromISR(queue, &message, woken);
}

void *pvTimerGetTimerID(const TimerHandle_t timer)
{
    configASSERT(timer);
    return timer->id;
}

void vTimerSetTimerID(TimerHandle_t timer, void *id)
{
    configASSERT(timer);
    timer->id = id;
}

BaseType_t xTimerIsTimerActive(TimerHandle_t timer)
{
    configASSERT(timer);
    return timer->active ? pdTRUE : pdFALSE;
}

TaskHandle_t xTimerGetTimerDaemonTaskHandle(void)
{
    return daemon;
}

const char *pcTimerGetName(TimerHandle_t timer)
{
    configASSERT(timer);
    return timer->name;
}

void vTimerSetReloadMode(TimerHandle_t timer, const UBaseType_t auto_reload)
{
    configASSERT(timer);
    timer->auto_reload = auto_reload != pdFALSE;
}

UBaseType_t uxTimerGetReloadMode(TimerHandle_t timer)
{
    configASSERT(timer);
    return timer->auto_reload;
}

TickType_t xTimerGetPeriod(TimerHandle_t timer)
{
    configASSERT(timer);
    return timer->period;
}

TickType_t xTimerGetExpiryTime(TimerHandle_t timer)
{
    configASSERT(timer);
    return (TickType_t)timer->expiry;
}

BaseType_t xTimerGetStaticBuffer(TimerHandle_t timer, StaticTimer_t **buffer)
{
    configASSERT(timer);
    if (timer->own_memory) {
        return pdFALSE;
    }
    *buffer = (StaticTimer_t *)timer;
    return pdTRUE;
}
