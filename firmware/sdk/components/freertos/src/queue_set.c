// SPDX-License-Identifier: Apache-2.0

/** @file Queue sets: a queue of handles of members that have something to read. */

#include "queue_internal.h"

QueueSetHandle_t xQueueCreateSet(const UBaseType_t length)
{
    return xQueueGenericCreate(length, sizeof(QueueHandle_t), queueQUEUE_TYPE_SET);
}

BaseType_t xQueueAddToSet(QueueSetMemberHandle_t member, QueueSetHandle_t set)
{
    uint32_t state = k_mask();
    BaseType_t added = pdFAIL;
    if (member->set == NULL && member->count == 0) {
        member->set = set;
        added = pdPASS;
    }
    k_unmask(state);
    return added;
}

BaseType_t xQueueRemoveFromSet(QueueSetMemberHandle_t member, QueueSetHandle_t set)
{
    uint32_t state = k_mask();
    BaseType_t removed = pdFAIL;
    if (member->set == set && member->count == 0) {
        member->set = NULL;
        removed = pdPASS;
    }
    k_unmask(state);
    return removed;
}

QueueSetMemberHandle_t xQueueSelectFromSet(QueueSetHandle_t set, const TickType_t ticks)
{
    QueueSetMemberHandle_t member = NULL;
    xQueueReceive(set, &member, ticks);
    return member;
}

QueueSetMemberHandle_t xQueueSelectFromSetFromISR(QueueSetHandle_t set)
{
    QueueSetMemberHandle_t member = NULL;
    xQueueReceiveFromISR(set, &member, NULL);
    return member;
}
