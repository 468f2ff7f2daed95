// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file Event groups: 24 bits that tasks wait for (FreeRTOS's event_groups.h). */

#ifndef EVENT_GROUPS_H
#define EVENT_GROUPS_H

#ifndef INC_FREERTOS_H
#error "include FreeRTOS.h" must appear in source files before "include event_groups.h"
#endif

#include "freertos/timers.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct EventGroupDef_t *EventGroupHandle_t;
/** Bits 0 to 23 are the program's. */
typedef TickType_t EventBits_t;

/** A group with no bit set; NULL when out of memory. */
EventGroupHandle_t xEventGroupCreate(void);
EventGroupHandle_t xEventGroupCreateStatic(StaticEventGroup_t *buffer);
/**
 * Waits for any (@p wait_for_all pdFALSE) or all of @p bits, at most @p ticks. Returns the bits as they were when the
 * condition came true, before @p clear_on_exit took them away; or as they are at the time-out.
 */
EventBits_t xEventGroupWaitBits(EventGroupHandle_t group, const EventBits_t bits, const BaseType_t clear_on_exit,
                                const BaseType_t wait_for_all, TickType_t ticks);
/** Clears bits; returns the bits before. */
EventBits_t xEventGroupClearBits(EventGroupHandle_t group, const EventBits_t bits);
/** Sets bits and wakes the tasks whose condition holds; returns the bits that are left. */
EventBits_t xEventGroupSetBits(EventGroupHandle_t group, const EventBits_t bits);
/** Done by the timer task; pdFAIL when its queue is full. */
BaseType_t xEventGroupSetBitsFromISR(EventGroupHandle_t group, const EventBits_t bits, BaseType_t *woken);
BaseType_t xEventGroupClearBitsFromISR(EventGroupHandle_t group, const EventBits_t bits);
/** Sets bits and waits for all of @p wait_for, as one step: a rendezvous of tasks. */
EventBits_t xEventGroupSync(EventGroupHandle_t group, const EventBits_t set, const EventBits_t wait_for,
                            TickType_t ticks);
EventBits_t xEventGroupGetBitsFromISR(EventGroupHandle_t group);
#define xEventGroupGetBits(group) xEventGroupClearBits((group), 0)
/** Tasks that wait are woken with 0. */
void vEventGroupDelete(EventGroupHandle_t group);
BaseType_t xEventGroupGetStaticBuffer(EventGroupHandle_t group, StaticEventGroup_t **buffer);
/** Of use to xTimerPendFunctionCall() only. */
void vEventGroupSetBitsCallback(void *group, const uint32_t bits);
void vEventGroupClearBitsCallback(void *group, const uint32_t bits);

#ifdef __cplusplus
}
#endif

#endif
