// SPDX-License-Identifier: Apache-2.0

/** @file Semaphores and mutexes, with the inheritance of priority. */

#include "topics.h"

#include "freertos/semphr.h"

static SemaphoreHandle_t s_mutex, s_other;

static void hold_two(void *unused)
{
    (void)unused;
    xSemaphoreTake(s_mutex, portMAX_DELAY);
    xSemaphoreTake(s_other, portMAX_DELAY);
    vTaskSuspend(NULL);
    SHOW(uxTaskPriorityGet(NULL));
    xSemaphoreGive(s_other);
    SHOW(uxTaskPriorityGet(NULL));
    xSemaphoreGive(s_mutex);
    SHOW(uxTaskPriorityGet(NULL));
    vTaskDelete(NULL);
}

static void want(void *mutex)
{
    int taken = xSemaphoreTake(mutex, 20);
    record(pcTaskGetName(NULL));
    record(taken ? " has it; " : " gave up; ");
    if (taken) {
        xSemaphoreGive(mutex);
    }
    vTaskDelete(NULL);
}

static void semaphores(void)
{
    SemaphoreHandle_t binary = xSemaphoreCreateBinary();
    SHOW(xSemaphoreTake(binary, 0));
    SHOW(xSemaphoreGive(binary));
    SHOW(xSemaphoreGive(binary));
    SHOW(xSemaphoreTake(binary, 0));
    SHOW(TAKES(50, xSemaphoreTake(binary, 10)));
    vSemaphoreDelete(binary);
    SemaphoreHandle_t counting = xSemaphoreCreateCounting(3, 1);
    SHOW(uxSemaphoreGetCount(counting));
    SHOW(xSemaphoreGive(counting));
    SHOW(xSemaphoreGive(counting));
    SHOW(xSemaphoreGive(counting));
    SHOW(uxSemaphoreGetCount(counting));
    vSemaphoreDelete(counting);
}

static void mutexes(void)
{
    s_mutex = xSemaphoreCreateMutex();
    s_other = xSemaphoreCreateMutex();
    SHOW(xSemaphoreTake(s_mutex, 0));
    SHOW(xSemaphoreTake(s_mutex, 0));
    SHOW(xSemaphoreGetMutexHolder(s_mutex) == xTaskGetCurrentTaskHandle());
    SHOW(xSemaphoreGive(s_mutex));
    SHOW(xSemaphoreGetMutexHolder(s_mutex) == NULL);
    SHOW(xSemaphoreGive(s_mutex));

    TaskHandle_t holder;
    xTaskCreate(hold_two, "holder", 2560, NULL, 2, &holder);
    vTaskDelay(2);
    xTaskCreate(want, "wants one", 2560, s_mutex, 7, NULL);
    SHOW(uxTaskPriorityGet(holder));
    xTaskCreate(want, "wants the other", 2560, s_other, 9, NULL);
    SHOW(uxTaskPriorityGet(holder));
    vTaskResume(holder);
    vTaskDelay(5);
    show_record("with both mutexes wanted");

    xTaskCreate(hold_two, "holder", 2560, NULL, 2, &holder);
    vTaskDelay(2);
    xTaskCreate(want, "wants one", 2560, s_mutex, 7, NULL);
    SHOW(uxTaskPriorityGet(holder));
    vTaskDelay(25);
    SHOW(uxTaskPriorityGet(holder));
    show_record("after a time-out");
    vTaskResume(holder);
    vTaskDelay(3);
    vSemaphoreDelete(s_mutex);
    vSemaphoreDelete(s_other);
}

static void recursive(void)
{
    SemaphoreHandle_t mutex = xSemaphoreCreateRecursiveMutex();
    SHOW(xSemaphoreTakeRecursive(mutex, 0));
    SHOW(xSemaphoreTakeRecursive(mutex, 0));
    SHOW(xSemaphoreGiveRecursive(mutex));
    SHOW(xSemaphoreGetMutexHolder(mutex) == xTaskGetCurrentTaskHandle());
    SHOW(xSemaphoreGiveRecursive(mutex));
    SHOW(xSemaphoreGiveRecursive(mutex));
    vSemaphoreDelete(mutex);
}

void topic_locks(void)
{
    semaphores();
    mutexes();
    recursive();
}
