// SPDX-License-Identifier: Apache-2.0

/** @file Event groups and task notifications. */

#include "topics.h"

#include "freertos/event_groups.h"

static EventGroupHandle_t s_group;

static void set_later(void *bits)
{
    vTaskDelay(10);
    xEventGroupSetBits(s_group, (EventBits_t)bits);
    vTaskDelete(NULL);
}

static void meet(void *bit)
{
    EventBits_t bits = xEventGroupSync(s_group, (EventBits_t)bit, 0x70, 50);
    char text[20];
    snprintf(text, sizeof(text), "%lx ", (unsigned long)bits);
    record(text);
    vTaskDelete(NULL);
}

static void groups(void)
{
    s_group = xEventGroupCreate();
    SHOW(xEventGroupGetBits(s_group));
    SHOW(xEventGroupSetBits(s_group, 5));
    SHOW(xEventGroupWaitBits(s_group, 1, pdFALSE, pdFALSE, 0));
    SHOW(xEventGroupWaitBits(s_group, 3, pdTRUE, pdTRUE, 2));
    SHOW(xEventGroupWaitBits(s_group, 3, pdTRUE, pdFALSE, 2));
    SHOW(xEventGroupGetBits(s_group));
    xTaskCreate(set_later, "later", 2048, (void *)0x20, 6, NULL);
    SHOW(TAKES(50, xEventGroupWaitBits(s_group, 0x20, pdFALSE, pdFALSE, 50)));
    SHOW(xEventGroupClearBits(s_group, 0x20));
    SHOW(xEventGroupGetBits(s_group));
    xEventGroupClearBits(s_group, 0xffffff);
    xTaskCreate(meet, "one", 2560, (void *)0x10, 6, NULL);
    xTaskCreate(meet, "two", 2560, (void *)0x20, 6, NULL);
    SHOW(xEventGroupSync(s_group, 0x40, 0x70, 50));
    vTaskDelay(2);
    show_record("the others of the rendezvous");
    SHOW(xEventGroupGetBits(s_group));
    vEventGroupDelete(s_group);
}

static void notify_later(void *task)
{
    vTaskDelay(10);
    xTaskNotify(task, 0x80, eSetBits);
    vTaskDelete(NULL);
}

static void notifications(void)
{
    TaskHandle_t self = xTaskGetCurrentTaskHandle();
    uint32_t value = 0;
    SHOW(ulTaskNotifyTake(pdTRUE, 0));
    SHOW(xTaskNotifyGive(self));
    SHOW(xTaskNotifyGive(self));
    SHOW(ulTaskNotifyTake(pdFALSE, 0));
    SHOW(ulTaskNotifyTake(pdTRUE, 0));
    SHOW(ulTaskNotifyTake(pdTRUE, 0));
    SHOW(xTaskNotify(self, 9, eSetValueWithoutOverwrite));
    SHOW(xTaskNotify(self, 10, eSetValueWithoutOverwrite));
    SHOW(xTaskNotifyWait(0, 0xffffffff, &value, 0));
    SHOW(value);
    SHOW(xTaskNotifyWait(0, 0, &value, 2));
    SHOW(value);
    SHOW(xTaskNotify(self, 3, eSetBits));
    SHOW(xTaskNotifyAndQuery(self, 8, eSetBits, &value));
    SHOW(value);
    SHOW(xTaskNotifyStateClear(self));
    SHOW(xTaskNotifyStateClear(self));
    SHOW(ulTaskNotifyValueClear(self, 0xff));
    SHOW(xTaskNotify(self, 0, eIncrement));
    SHOW(xTaskNotifyWait(0, 0xffffffff, &value, 0));
    SHOW(value);
    xTaskCreate(notify_later, "later", 2048, self, 6, NULL);
    SHOW(TAKES(50, xTaskNotifyWait(0, 0xffffffff, &value, 50)));
    SHOW(value);
}

void topic_signals(void)
{
    groups();
    notifications();
}
