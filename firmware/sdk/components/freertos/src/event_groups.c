// SPDX-License-Identifier: Apache-2.0

/** @file Event groups. */

#include "freertos/FreeRTOS.h"

#include "freertos/event_groups.h"

#include <stdlib.h>

#include "kernel.h"

/** Bits of a group that are a program's. */
#define USER_BITS 0x00ffffffu
/** A waiter's options, and the mark that its condition came true. */
#define OPTION_CLEAR 1u
#define OPTION_ALL 2u

struct EventGroupDef_t {
    EventBits_t bits;
    k_waiters_t waiters;
    bool own_memory;
};

_Static_assert(sizeof(struct EventGroupDef_t) <= sizeof(StaticEventGroup_t), "StaticEventGroup_t is too small");

static bool holds(EventBits_t bits, EventBits_t wanted, bool all)
{
    return all ? (bits & wanted) == wanted : (bits & wanted) != 0;
}

EventGroupHandle_t xEventGroupCreateStatic(StaticEventGroup_t *buffer)
{
    configASSERT(buffer);
    EventGroupHandle_t group = (EventGroupHandle_t)buffer;
    group->bits = 0;
    group->own_memory = false;
    k_waiters_init(&group->waiters);
    return group;
}

EventGroupHandle_t xEventGroupCreate(void)
{
    StaticEventGroup_t *buffer = malloc(sizeof(struct EventGroupDef_t));
    if (buffer == NULL) {
        return NULL;
    }
    EventGroupHandle_t group = xEventGroupCreateStatic(buffer);
    group->own_memory = true;
    return group;
}

/** Sets bits and wakes whoever that satisfies; masked. */
static void set_bits(EventGroupHandle_t group, EventBits_t bits)
{
    group->bits |= bits;
    EventBits_t clear = 0;
    k_link_t *link = group->waiters.tasks.next;
    while (link != &group->waiters.tasks) {
        TaskHandle_t task = K_TASK_OF(link, link);
        link = link->next;
        if (holds(group->bits, task->event_bits, task->event_options & OPTION_ALL)) {
            if (task->event_options & OPTION_CLEAR) {
                clear |= task->event_bits;
            }
            task->event_bits = group->bits;
            k_wake(task, K_WOKEN);
        }
    }
    group->bits &= ~clear;
}

/** Waits for a condition that does not hold yet; masked. Returns the bits to report. */
static EventBits_t wait_bits(EventGroupHandle_t group, EventBits_t bits, uint32_t options, TickType_t ticks)
{
    k_current->event_bits = bits;
    k_current->event_options = options;
    if (k_block(&group->waiters, k_deadline(ticks)) == K_WOKEN) {
        return k_current->event_bits;
    }
    // The time-out and the bits may have come in the same tick.
    EventBits_t result = group->bits;
    if (holds(result, bits, options & OPTION_ALL) && (options & OPTION_CLEAR)) {
        group->bits &= ~bits;
    }
    return result;
}

EventBits_t xEventGroupWaitBits(EventGroupHandle_t group, const EventBits_t bits, const BaseType_t clear_on_exit,
                                const BaseType_t wait_for_all, TickType_t ticks)
{
    configASSERT(group);
    configASSERT((bits & ~USER_BITS) == 0);
    configASSERT(bits != 0);
    configASSERT(!((xTaskGetSchedulerState() == taskSCHEDULER_SUSPENDED) && (ticks != 0)));
    uint32_t state = k_mask();
    EventBits_t result = group->bits;
    if (holds(result, bits, wait_for_all != pdFALSE)) {
        if (clear_on_exit != pdFALSE) {
            group->bits &= ~bits;
        }
    } else if (ticks != 0) {
        uint32_t options = (clear_on_exit != pdFALSE ? OPTION_CLEAR : 0) | (wait_for_all != pdFALSE ? OPTION_ALL : 0);
        result = wait_bits(group, bits, options, ticks);
    }
    k_unmask(state);
    return result & USER_BITS;
}

EventBits_t xEventGroupSync(EventGroupHandle_t group, const EventBits_t set, const EventBits_t wait_for,
                            TickType_t ticks)
{
    configASSERT((wait_for & ~USER_BITS) == 0);
    configASSERT(wait_for != 0);
    uint32_t state = k_mask();
    EventBits_t result = group->bits | set;
    set_bits(group, set);
    if (holds(result, wait_for, true)) {
        group->bits &= ~wait_for;
        k_switch_if_due();
    } else if (ticks != 0) {
        result = wait_bits(group, wait_for, OPTION_CLEAR | OPTION_ALL, ticks);
    } else {
        result = group->bits;
        k_switch_if_due();
    }
    k_unmask(state);
    return result & USER_BITS;
}

EventBits_t xEventGroupSetBits(EventGroupHandle_t group, const EventBits_t bits)
{
    configASSERT(group);
    configASSERT((bits & ~USER_BITS) == 0);
    uint32_t state = k_mask();
    set_bits(group, bits);
    EventBits_t left = group->bits;
    k_switch_if_due();
    k_unmask(state);
    return left;
}

EventBits_t xEventGroupClearBits(EventGroupHandle_t group, const EventBits_t bits)
{
    configASSERT(group);
    configASSERT((bits & ~USER_BITS) == 0);
    uint32_t state = k_mask();
    EventBits_t before = group->bits;
    group->bits = before & ~bits;
    k_unmask(state);
    return before;
}

EventBits_t xEventGroupGetBitsFromISR(EventGroupHandle_t group)
{
    return group->bits;
}

void vEventGroupSetBitsCallback(void *group, const uint32_t bits)
{
    xEventGroupSetBits(group, bits);
}

void vEventGroupClearBitsCallback(void *group, const uint32_t bits)
{
    xEventGroupClearBits(group, bits);
}

BaseType_t xEventGroupSetBitsFromISR(EventGroupHandle_t group, const EventBits_t bits, BaseType_t *woken)
{
    return xTimerPendFunctionCallFromISR(vEventGroupSetBitsCallback, group, bits, woken);
}

BaseType_t xEventGroupClearBitsFromISR(EventGroupHandle_t group, const EventBits_t bits)
{
    return xTimerPendFunctionCallFromISR(vEventGroupClearBitsCallback, group, bits, NULL);
}

void vEventGroupDelete(EventGroupHandle_t group)
{
    configASSERT(group);
    uint32_t state = k_mask();
    while (!k_waiters_empty(&group->waiters)) {
        TaskHandle_t task = k_waiters_first(&group->waiters);
        task->event_bits = 0;
        k_wake(task, K_WOKEN);
    }
    k_switch_if_due();
    k_unmask(state);
    if (group->own_memory) {
        free(group);
    }
}

BaseType_t xEventGroupGetStaticBuffer(EventGroupHandle_t group, StaticEventGroup_t **buffer)
{
    configASSERT(group);
    configASSERT(buffer);
    if (group->own_memory) {
        return pdFALSE;
    }
    *buffer = (StaticEventGroup_t *)group;
    return pdTRUE;
}
