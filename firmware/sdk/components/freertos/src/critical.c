// SPDX-License-Identifier: Apache-2.0

/**
 * @file
 * Critical sections of programs, and what a program may ask about where it runs. They mask by interrupt threshold, so
 * that the interrupt watchdog (priority 4) still gets through.
 */

#include "kernel.h"

#include <assert.h>

#include "interrupts.h"

/** Threshold at which every interrupt passes, and the one of a critical section. */
#define THRESHOLD_OPEN 1
#define THRESHOLD_CRITICAL 4

static uint32_t threshold = THRESHOLD_OPEN;
static uint32_t nesting;
static uint32_t saved_threshold;
/** What the running task has wanted to sleep in its critical section. */
static TickType_t owed_delay;

static void set_threshold(uint32_t value)
{
    threshold = value;
    // In a handler no interrupt comes anyway; the value is put into the register when it ends.
    if (k_interrupt_nesting == 0) {
        interrupt_set_threshold(value);
    }
}

UBaseType_t vPortSetInterruptMask(void)
{
    uint32_t state = k_mask();
    uint32_t old = threshold;
    if (old < THRESHOLD_CRITICAL) {
        set_threshold(THRESHOLD_CRITICAL);
    }
    k_unmask(state);
    return old;
}

void vPortClearInterruptMask(UBaseType_t mask)
{
    uint32_t state = k_mask();
    if (mask != threshold) {
        set_threshold(mask);
    }
    if (mask < THRESHOLD_CRITICAL) {
        k_switch_if_due();
    }
    k_unmask(state);
}

void vPortEnterCritical(void)
{
    UBaseType_t old = vPortSetInterruptMask();
    if (nesting++ == 0) {
        saved_threshold = old;
    }
}

void vPortExitCritical(void)
{
    if (nesting > 0 && --nesting == 0) {
        TickType_t delay = owed_delay;
        owed_delay = 0;
        vPortClearInterruptMask(saved_threshold);
        if (delay > 0 && xPortCanYield()) {
            vTaskDelay(delay);
        }
    }
}

bool k_owe_delay(TickType_t ticks)
{
    if (nesting == 0 || k_interrupt_nesting != 0) {
        return false;
    }
    owed_delay = ticks;
    return true;
}

bool xPortCanYield(void)
{
    return threshold < THRESHOLD_CRITICAL && k_interrupt_nesting == 0;
}

BaseType_t xPortInIsrContext(void)
{
    return k_interrupt_nesting != 0;
}

BaseType_t xPortInterruptedFromISRContext(void)
{
    return k_interrupt_nesting != 0;
}

void vPortAssertIfInISR(void)
{
    configASSERT(xPortInIsrContext() == 0);
}

void vPortYield(void)
{
    uint32_t state = k_mask();
    k_switch();
    k_unmask(state);
}

void vPortYieldFromISR(void)
{
    k_switch_due = true;
    if (k_interrupt_nesting == 0) {
        vPortYield();
    }
}

uint32_t xPortGetTickRateHz(void)
{
    return configTICK_RATE_HZ;
}

void vTaskSuspendAll(void)
{
    k_suspended++;
}

BaseType_t xTaskResumeAll(void)
{
    configASSERT(k_suspended != 0);
    uint32_t state = k_mask();
    BaseType_t switched = pdFALSE;
    if (--k_suspended == 0 && k_switch_due) {
        switched = k_switch_impossible() ? pdFALSE : pdTRUE;
        k_switch();
    }
    k_unmask(state);
    return switched;
}

BaseType_t xTaskGetSchedulerState(void)
{
    if (k_current == NULL) {
        return taskSCHEDULER_NOT_STARTED;
    }
    return k_suspended != 0 ? taskSCHEDULER_SUSPENDED : taskSCHEDULER_RUNNING;
}

void vTaskEndScheduler(void)
{
    vPortEndScheduler();
}

void vPortEndScheduler(void)
{
    k_mask();
}
