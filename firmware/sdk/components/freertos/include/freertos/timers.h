// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Software timers (FreeRTOS's timers.h). Callbacks run in the task "Tmr Svc" and must not block. Commands go through
 * that task's queue: the ticks argument is how long to wait for room in it.
 */

#ifndef TIMERS_H
#define TIMERS_H

#ifndef INC_FREERTOS_H
#error "include FreeRTOS.h must appear in source files before include timers.h"
#endif

#include "freertos/task.h"

#ifdef __cplusplus
extern "C" {
#endif

#define tmrCOMMAND_EXECUTE_CALLBACK_FROM_ISR ((BaseType_t)-2)
#define tmrCOMMAND_EXECUTE_CALLBACK ((BaseType_t)-1)
#define tmrCOMMAND_START_DONT_TRACE ((BaseType_t)0)
#define tmrCOMMAND_START ((BaseType_t)1)
#define tmrCOMMAND_RESET ((BaseType_t)2)
#define tmrCOMMAND_STOP ((BaseType_t)3)
#define tmrCOMMAND_CHANGE_PERIOD ((BaseType_t)4)
#define tmrCOMMAND_DELETE ((BaseType_t)5)
#define tmrFIRST_FROM_ISR_COMMAND ((BaseType_t)6)
#define tmrCOMMAND_START_FROM_ISR ((BaseType_t)6)
#define tmrCOMMAND_RESET_FROM_ISR ((BaseType_t)7)
#define tmrCOMMAND_STOP_FROM_ISR ((BaseType_t)8)
#define tmrCOMMAND_CHANGE_PERIOD_FROM_ISR ((BaseType_t)9)

typedef struct tmrTimerControl *TimerHandle_t;
typedef void (*TimerCallbackFunction_t)(TimerHandle_t timer);
typedef void (*PendedFunction_t)(void *, uint32_t);

/** A stopped timer of @p period ticks (at least 1); NULL when out of memory. */
TimerHandle_t xTimerCreate(const char *const name, const TickType_t period, const UBaseType_t auto_reload,
                           void *const id, TimerCallbackFunction_t callback);
TimerHandle_t xTimerCreateStatic(const char *const name, const TickType_t period, const UBaseType_t auto_reload,
                                 void *const id, TimerCallbackFunction_t callback, StaticTimer_t *buffer);
void *pvTimerGetTimerID(const TimerHandle_t timer);
void vTimerSetTimerID(TimerHandle_t timer, void *id);
/** pdFALSE when the timer is stopped or its one shot has been fired. */
BaseType_t xTimerIsTimerActive(TimerHandle_t timer);
TaskHandle_t xTimerGetTimerDaemonTaskHandle(void);

#define xTimerStart(timer, ticks) xTimerGenericCommand((timer), tmrCOMMAND_START, (xTaskGetTickCount()), NULL, (ticks))
#define xTimerStop(timer, ticks) xTimerGenericCommand((timer), tmrCOMMAND_STOP, 0U, NULL, (ticks))
#define xTimerChangePeriod(timer, period, ticks) \
    xTimerGenericCommand((timer), tmrCOMMAND_CHANGE_PERIOD, (period), NULL, (ticks))
#define xTimerDelete(timer, ticks) xTimerGenericCommand((timer), tmrCOMMAND_DELETE, 0U, NULL, (ticks))
#define xTimerReset(timer, ticks) xTimerGenericCommand((timer), tmrCOMMAND_RESET, (xTaskGetTickCount()), NULL, (ticks))
#define xTimerStartFromISR(timer, woken) \
    xTimerGenericCommand((timer), tmrCOMMAND_START_FROM_ISR, (xTaskGetTickCountFromISR()), (woken), 0U)
#define xTimerStopFromISR(timer, woken) xTimerGenericCommand((timer), tmrCOMMAND_STOP_FROM_ISR, 0, (woken), 0U)
#define xTimerChangePeriodFromISR(timer, period, woken) \
    xTimerGenericCommand((timer), tmrCOMMAND_CHANGE_PERIOD_FROM_ISR, (period), (woken), 0U)
#define xTimerResetFromISR(timer, woken) \
    xTimerGenericCommand((timer), tmrCOMMAND_RESET_FROM_ISR, (xTaskGetTickCountFromISR()), (woken), 0U)

/** Has the timer task call a function. */
BaseType_t xTimerPendFunctionCall(PendedFunction_t function, void *parameter1, uint32_t parameter2, TickType_t ticks);
BaseType_t xTimerPendFunctionCallFromISR(PendedFunction_t function, void *parameter1, uint32_t parameter2,
                                         BaseType_t *woken);
const char *pcTimerGetName(TimerHandle_t timer);
void vTimerSetReloadMode(TimerHandle_t timer, const UBaseType_t auto_reload);
UBaseType_t uxTimerGetReloadMode(TimerHandle_t timer);
TickType_t xTimerGetPeriod(TimerHandle_t timer);
/** Tick of the next expiry; meaningless when the timer is not active. */
TickType_t xTimerGetExpiryTime(TimerHandle_t timer);
BaseType_t xTimerGetStaticBuffer(TimerHandle_t timer, StaticTimer_t **buffer);
/** Sends one of the tmrCOMMAND_ values; pdFAIL when the queue stayed full. */
BaseType_t xTimerGenericCommand(TimerHandle_t timer, const BaseType_t command, const TickType_t value,
                                BaseType_t *const woken, const TickType_t ticks);

#ifdef __cplusplus
}
#endif

#endif
