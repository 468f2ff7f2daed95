// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Types and critical sections of this port (FreeRTOS's portmacro.h).
 *
 * A critical section of a program raises the interrupt threshold, as on the real chip: the interrupt watchdog stays
 * armed and a section that lasts longer than CONFIG_ESP_INT_WDT_TIMEOUT_MS ends in a panic. Sections nest. A task
 * switch asked for inside one happens when the outermost is left.
 */

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "esp_attr.h"
#include "esp_cpu.h"
#include "esp_heap_caps.h"
#include "esp_macros.h"
#include "esp_rom_sys.h"
#include "esp_system.h"
#include "sdkconfig.h"
#include "spinlock.h"

#ifdef __cplusplus
extern "C" {
#endif

#define portCHAR uint8_t
#define portFLOAT float
#define portDOUBLE double
#define portLONG int32_t
#define portSHORT int16_t
#define portSTACK_TYPE uint8_t
#define portBASE_TYPE int

typedef portSTACK_TYPE StackType_t;
typedef portBASE_TYPE BaseType_t;
typedef unsigned portBASE_TYPE UBaseType_t;
typedef uint32_t TickType_t;

#define portTASK_FUNCTION_PROTO(vFunction, pvParameters) void vFunction(void *pvParameters)
#define portTASK_FUNCTION(vFunction, pvParameters) void vFunction(void *pvParameters)

/** "Wait for ever" in every call that takes a number of ticks. */
#define portMAX_DELAY (TickType_t)0xffffffffUL
#define portTICK_TYPE_IS_ATOMIC 1
#define portSTACK_GROWTH (-1)
/** Milliseconds in one tick. */
#define portTICK_PERIOD_MS ((TickType_t)(1000 / configTICK_RATE_HZ))
#define portBYTE_ALIGNMENT 16
#define portNOP() __asm volatile(" nop ")
#define portNUM_CONFIGURABLE_REGIONS 1

#define portASSERT_IF_IN_ISR() vPortAssertIfInISR()

/** A lock for critical sections; with one core only its interrupt side matters. */
typedef spinlock_t portMUX_TYPE;
#define portMUX_INITIALIZER_UNLOCKED SPINLOCK_INITIALIZER
#define portMUX_FREE_VAL SPINLOCK_FREE
#define portMUX_NO_TIMEOUT SPINLOCK_WAIT_FOREVER
#define portMUX_TRY_LOCK SPINLOCK_NO_WAIT
#define portMUX_INITIALIZE(mux) spinlock_initialize(mux)

/** Whether the caller runs in an interrupt handler. */
BaseType_t xPortInIsrContext(void);
/** The same as xPortInIsrContext(). */
BaseType_t xPortInterruptedFromISRContext(void);
/** Fails an assertion when called in an interrupt handler. */
void vPortAssertIfInISR(void);
/** Masks the interrupts a program may mask; returns what vPortClearInterruptMask() needs to undo it. */
UBaseType_t vPortSetInterruptMask(void);
/** Puts the interrupt mask back to @p mask. */
void vPortClearInterruptMask(UBaseType_t mask);
/** Enters a critical section; pairs with vPortExitCritical(). */
void vPortEnterCritical(void);
/** Leaves a critical section; the outermost one also performs a task switch that became due. */
void vPortExitCritical(void);
/** Gives way to other ready tasks of the same or a higher priority. */
void vPortYield(void);
/** Asks for a task switch when the interrupt handler ends. */
void vPortYieldFromISR(void);
/** Whether a task switch could happen here: not in an interrupt handler, not in a critical section. */
bool xPortCanYield(void);
/** Number of the core: 0. */
FORCE_INLINE_ATTR BaseType_t xPortGetCoreID(void)
{
    return 0;
}

#define portSET_INTERRUPT_MASK_FROM_ISR() vPortSetInterruptMask()
#define portCLEAR_INTERRUPT_MASK_FROM_ISR(mask) vPortClearInterruptMask(mask)
#define portDISABLE_INTERRUPTS() portSET_INTERRUPT_MASK_FROM_ISR()
#define portENABLE_INTERRUPTS() portCLEAR_INTERRUPT_MASK_FROM_ISR(1)

#define portENTER_CRITICAL(mux) \
    {                           \
        (void)mux;              \
        vPortEnterCritical();   \
    }
#define portEXIT_CRITICAL(mux) \
    {                          \
        (void)mux;             \
        vPortExitCritical();   \
    }
#define portTRY_ENTER_CRITICAL(mux, timeout) \
    ({                                       \
        (void)mux;                           \
        (void)timeout;                       \
        vPortEnterCritical();                \
        pdPASS;                              \
    })
#define portENTER_CRITICAL_ISR(mux) portENTER_CRITICAL(mux)
#define portEXIT_CRITICAL_ISR(mux) portEXIT_CRITICAL(mux)
#define portTRY_ENTER_CRITICAL_ISR(mux, timeout) portTRY_ENTER_CRITICAL(mux, timeout)
#define portENTER_CRITICAL_SAFE(mux) portENTER_CRITICAL(mux)
#define portEXIT_CRITICAL_SAFE(mux) portEXIT_CRITICAL(mux)
#define portTRY_ENTER_CRITICAL_SAFE(mux, timeout) portTRY_ENTER_CRITICAL(mux, timeout)

#define portYIELD() vPortYield()
#define portYIELD_WITHIN_API() portYIELD()
#define portYIELD_FROM_ISR_NO_ARG() vPortYieldFromISR()
#define portYIELD_FROM_ISR_ARG(woken)   \
    ({                                  \
        if ((woken) == pdTRUE) {        \
            vPortYieldFromISR();        \
        }                               \
    })
/** With no argument, or with one that says whether a switch is needed. */
#define portYIELD_FROM_ISR(...) \
    CHOOSE_MACRO_VA_ARG(portYIELD_FROM_ISR_ARG, portYIELD_FROM_ISR_NO_ARG, ##__VA_ARGS__)(__VA_ARGS__)
#define portEND_SWITCHING_ISR(woken) \
    if (woken)                       \
    vPortYieldFromISR()

#ifdef __cplusplus
}
#endif
