// SPDX-License-Identifier: Apache-2.0

/** @file Queues and queue sets. */

#include "topics.h"

#include "freertos/queue.h"
#include "freertos/semphr.h"

static void send_later(void *queue)
{
    vTaskDelay(5);
    int item = 42;
    xQueueSend(queue, &item, 0);
    vTaskDelete(NULL);
}

static void take_in_turn(void *argument)
{
    QueueHandle_t queue = ((void **)argument)[0];
    int item;
    xQueueReceive(queue, &item, portMAX_DELAY);
    char text[40];
    snprintf(text, sizeof(text), "%s got %d; ", pcTaskGetName(NULL), item);
    record(text);
    vTaskDelete(NULL);
}

static void basics(void)
{
    QueueHandle_t queue = xQueueCreate(3, sizeof(int));
    int item = 1;
    SHOW(xQueueSend(queue, &item, 0));
    item = 2;
    SHOW(xQueueSendToBack(queue, &item, 0));
    item = 3;
    SHOW(xQueueSendToFront(queue, &item, 0));
    SHOW(xQueueSend(queue, &item, 0));
    SHOW(TAKES(50, xQueueSend(queue, &item, 10)));
    SHOW(uxQueueMessagesWaiting(queue));
    SHOW(uxQueueSpacesAvailable(queue));
    SHOW(xQueuePeek(queue, &item, 0));
    SHOW(item);
    while (xQueueReceive(queue, &item, 0)) {
        SHOW(item);
    }
    SHOW(xQueueReceive(queue, &item, 0));
    SHOW(TAKES(50, xQueueReceive(queue, &item, 20)));
    xTaskCreate(send_later, "later", 2048, queue, 6, NULL);
    SHOW(xQueueReceive(queue, &item, 100));
    SHOW(item);
    SHOW(xQueueReset(queue));
    SHOW(errQUEUE_FULL);
    SHOW(errQUEUE_EMPTY);
    vQueueDelete(queue);
}

static void order(void)
{
    QueueHandle_t queue = xQueueCreate(5, sizeof(int));
    void *argument[] = {queue};
    xTaskCreate(take_in_turn, "low", 2560, argument, 2, NULL);
    xTaskCreate(take_in_turn, "high", 2560, argument, 4, NULL);
    xTaskCreate(take_in_turn, "high too", 2560, argument, 4, NULL);
    vTaskDelay(2);
    for (int item = 1; item <= 3; item++) {
        xQueueSend(queue, &item, 0);
    }
    vTaskDelay(2);
    show_record("the most important waiter first, then the oldest");
    vQueueDelete(queue);

    QueueHandle_t one = xQueueCreate(1, sizeof(int));
    for (int item = 7; item < 10; item++) {
        SHOW(xQueueOverwrite(one, &item));
    }
    int item = 0;
    xQueueReceive(one, &item, 0);
    SHOW(item);
    vQueueDelete(one);
}

static void sets(void)
{
    QueueHandle_t queue = xQueueCreate(2, sizeof(int));
    SemaphoreHandle_t semaphore = xSemaphoreCreateBinary();
    QueueSetHandle_t set = xQueueCreateSet(3);
    SHOW(xQueueAddToSet(queue, set));
    SHOW(xQueueAddToSet(semaphore, set));
    SHOW(xQueueSelectFromSet(set, 1) == NULL);
    int item = 1;
    xSemaphoreGive(semaphore);
    xQueueSend(queue, &item, 0);
    SHOW(xQueueSelectFromSet(set, 1) == semaphore);
    SHOW(xSemaphoreTake(semaphore, 0));
    SHOW(xQueueSelectFromSet(set, 1) == queue);
    SHOW(xQueueRemoveFromSet(queue, set));
    SHOW(xQueueReceive(queue, &item, 0));
    SHOW(xQueueRemoveFromSet(queue, set));
    SHOW(xQueueRemoveFromSet(queue, set));
    vQueueDelete(set);
    vQueueDelete(queue);
    vSemaphoreDelete(semaphore);
}

void topic_queues(void)
{
    basics();
    order();
    sets();
}
