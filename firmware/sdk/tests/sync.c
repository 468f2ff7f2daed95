// SPDX-License-Identifier: Apache-2.0

/** @file Queues, semaphores, mutexes, event groups, notifications, stream buffers. */

#include "check.h"
#include "freertos/event_groups.h"
#include "freertos/message_buffer.h"
#include "freertos/queue.h"
#include "freertos/semphr.h"
#include "freertos/stream_buffer.h"

TRACE_STORAGE;

static void receiver(void *queue)
{
    int item;
    while (xQueueReceive(queue, &item, 10) == pdTRUE) {
        char text[8];
        sprintf(text, "%d", item);
        trace_add(text);
    }
    trace_add(".");
    vTaskDelete(NULL);
}

static void queues(void)
{
    QueueHandle_t queue = xQueueCreate(3, sizeof(int));
    for (int i = 1; i <= 3; i++) {
        xQueueSend(queue, &i, 0);
    }
    int item = 4;
    TickType_t start = xTaskGetTickCount();
    CHECK_EQUAL("sending to a full queue fails", xQueueSend(queue, &item, 5), errQUEUE_FULL);
    CHECK("after the time given", xTaskGetTickCount() - start >= 5);
    CHECK_EQUAL("the queue counts", uxQueueMessagesWaiting(queue), 3);
    xQueueReceive(queue, &item, 0);
    CHECK_EQUAL("first in, first out", item, 1);
    item = 9;
    xQueueSendToFront(queue, &item, 0);
    xQueuePeek(queue, &item, 0);
    CHECK_EQUAL("the front is read first", item, 9);
    trace_clear();
    xTaskCreate(receiver, "receiver", 2560, queue, 5, NULL);
    CHECK_TEXT("a receiver empties it", trace, "923");
    item = 7;
    xQueueSend(queue, &item, 0);
    CHECK_TEXT("and gets what is sent while it waits, at once", trace, "9237");
    vTaskDelay(12);
    CHECK_TEXT("then times out", trace, "9237.");
    xQueueReset(queue);
    vQueueDelete(queue);

    QueueHandle_t one = xQueueCreate(1, sizeof(int));
    for (int i = 1; i <= 3; i++) {
        xQueueOverwrite(one, &i);
    }
    xQueueReceive(one, &item, 0);
    CHECK_EQUAL("xQueueOverwrite keeps the last", item, 3);
    CHECK_EQUAL("only", xQueueReceive(one, &item, 0), errQUEUE_EMPTY);
    vQueueDelete(one);

    QueueHandle_t a = xQueueCreate(2, sizeof(int));
    SemaphoreHandle_t b = xSemaphoreCreateBinary();
    QueueSetHandle_t set = xQueueCreateSet(3);
    xQueueAddToSet(a, set);
    xQueueAddToSet(b, set);
    CHECK("an empty set times out", xQueueSelectFromSet(set, 2) == NULL);
    xSemaphoreGive(b);
    xQueueSend(a, &item, 0);
    CHECK("a set tells its members in order", xQueueSelectFromSet(set, 0) == b && xQueueSelectFromSet(set, 0) == a);
}

typedef struct {
    SemaphoreHandle_t mutex;
    const char *name;
} contender_t;

static void contend(void *arg)
{
    contender_t *contender = arg;
    xSemaphoreTake(contender->mutex, portMAX_DELAY);
    trace_add(contender->name);
    xSemaphoreGive(contender->mutex);
    vTaskDelete(NULL);
}

static void give_up(void *mutex)
{
    xSemaphoreTake(mutex, 5);
    vTaskDelete(NULL);
}

static void second_holder(void *mutexes)
{
    SemaphoreHandle_t *pair = mutexes;
    xSemaphoreTake(pair[1], portMAX_DELAY);
    xSemaphoreTake(pair[0], portMAX_DELAY);
    xSemaphoreGive(pair[0]);
    xSemaphoreGive(pair[1]);
    vTaskDelete(NULL);
}

static void mutexes(void)
{
    SemaphoreHandle_t mutex = xSemaphoreCreateMutex();
    contender_t low = {mutex, "l"}, high = {mutex, "h"};
    trace_clear();
    xSemaphoreTake(mutex, 0);
    CHECK("the mutex knows its holder", xSemaphoreGetMutexHolder(mutex) == xTaskGetCurrentTaskHandle());
    xTaskCreate(contend, "low", 2048, &low, 3, NULL);
    CHECK_EQUAL("the holder inherits a waiter's priority", uxTaskPriorityGet(NULL), 3);
    xTaskCreate(contend, "high", 2048, &high, 8, NULL);
    CHECK_EQUAL("the highest one", uxTaskPriorityGet(NULL), 8);
    xSemaphoreGive(mutex);
    CHECK_EQUAL("and loses it with the mutex", uxTaskPriorityGet(NULL), 1);
    CHECK_TEXT("the most urgent waiter is first", trace, "hl");

    xSemaphoreTake(mutex, 0);
    xTaskCreate(give_up, "gives up", 2048, mutex, 6, NULL);
    CHECK_EQUAL("a waiter lends its priority", uxTaskPriorityGet(NULL), 6);
    vTaskDelay(7);
    CHECK_EQUAL("until it gives up", uxTaskPriorityGet(NULL), 1);

    SemaphoreHandle_t pair[2] = {mutex, xSemaphoreCreateMutex()};
    contender_t far = {pair[1], "f"};
    trace_clear();
    xTaskCreate(second_holder, "middle", 2048, pair, 2, NULL);
    xTaskCreate(contend, "far", 2048, &far, 9, NULL);
    CHECK_EQUAL("priority is passed on along a chain of mutexes", uxTaskPriorityGet(NULL), 9);
    xSemaphoreGive(mutex);
    CHECK("and back", uxTaskPriorityGet(NULL) == 1 && strcmp(trace, "f") == 0);

    SemaphoreHandle_t recursive = xSemaphoreCreateRecursiveMutex();
    CHECK("a recursive mutex can be taken twice", xSemaphoreTakeRecursive(recursive, 0) == pdTRUE &&
                                                      xSemaphoreTakeRecursive(recursive, 0) == pdTRUE);
    xSemaphoreGiveRecursive(recursive);
    xSemaphoreGiveRecursive(recursive);
    CHECK("and given as often", xSemaphoreGetMutexHolder(recursive) == NULL &&
                                    xSemaphoreGiveRecursive(recursive) == pdFAIL);

    SemaphoreHandle_t counting = xSemaphoreCreateCounting(2, 1);
    CHECK("a counting semaphore counts", xSemaphoreGive(counting) == pdTRUE && xSemaphoreGive(counting) == pdFALSE &&
                                             uxSemaphoreGetCount(counting) == 2);
    SemaphoreHandle_t binary = xSemaphoreCreateBinary();
    CHECK_EQUAL("a binary semaphore starts empty", xSemaphoreTake(binary, 0), pdFALSE);
}

static EventGroupHandle_t group;

static void set_later(void *bits)
{
    vTaskDelay(3);
    xEventGroupSetBits(group, (EventBits_t)bits);
    vTaskDelete(NULL);
}

static void rendezvous(void *bit)
{
    EventBits_t bits = xEventGroupSync(group, (EventBits_t)bit, 0x70, 20);
    trace_add((bits & 0x70) == 0x70 ? "y" : "n");
    vTaskDelete(NULL);
}

static void events(void)
{
    group = xEventGroupCreate();
    xTaskCreate(set_later, "setter", 2048, (void *)0x5, 5, NULL);
    EventBits_t bits = xEventGroupWaitBits(group, 0x3, pdTRUE, pdFALSE, 10);
    CHECK_EQUAL("waiting for any bit ends with the bits as they were", bits, 0x5);
    CHECK_EQUAL("the bits waited for are cleared", xEventGroupGetBits(group), 0x4);
    TickType_t start = xTaskGetTickCount();
    bits = xEventGroupWaitBits(group, 0x6, pdTRUE, pdTRUE, 5);
    CHECK("waiting for all bits can time out", bits == 0x4 && xTaskGetTickCount() - start >= 5);
    trace_clear();
    xTaskCreate(rendezvous, "r1", 2048, (void *)0x10, 3, NULL);
    xTaskCreate(rendezvous, "r2", 2048, (void *)0x20, 3, NULL);
    xEventGroupSync(group, 0x40, 0x70, 10);
    vTaskDelay(1);
    CHECK_TEXT("a rendezvous of three", trace, "yy");
    CHECK_EQUAL("clears its bits", xEventGroupGetBits(group), 0x4);
    vEventGroupDelete(group);
}

static void notified(void *arg)
{
    (void)arg;
    uint32_t value;
    CHECK_EQUAL("a notification's time-out", xTaskNotifyWait(0, 0, &value, 2), pdFALSE);
    xTaskNotifyWait(0, UINT32_MAX, &value, portMAX_DELAY);
    CHECK_EQUAL("bits of notifications add up", value, 0x3);
    CHECK_EQUAL("ulTaskNotifyTake counts", ulTaskNotifyTake(pdFALSE, portMAX_DELAY), 2);
    CHECK_EQUAL("down", ulTaskNotifyTake(pdTRUE, portMAX_DELAY), 1);
    vTaskDelete(NULL);
}

static void notifications(void)
{
    TaskHandle_t task;
    xTaskCreate(notified, "notified", 3072, NULL, 5, &task);
    vTaskDelay(4);
    vTaskSuspendAll();
    xTaskNotify(task, 1, eSetBits);
    xTaskNotify(task, 2, eSetBits);
    xTaskResumeAll();
    vTaskSuspendAll();
    xTaskNotifyGive(task);
    xTaskNotifyGive(task);
    xTaskResumeAll();
    vTaskDelay(1);
    CHECK_EQUAL("a value is not overwritten unless asked",
                xTaskNotify(NULL == xTaskGetHandle("none") ? xTaskGetCurrentTaskHandle() : NULL, 5,
                            eSetValueWithoutOverwrite),
                pdPASS);
    CHECK_EQUAL("twice", xTaskNotify(xTaskGetCurrentTaskHandle(), 6, eSetValueWithoutOverwrite), pdFAIL);
    xTaskNotifyStateClear(NULL);
}

static void stream_writer(void *stream)
{
    for (int i = 0; i < 5; i++) {
        xStreamBufferSend(stream, "abcdefgh", 8, portMAX_DELAY);
    }
    vTaskDelete(NULL);
}

static void buffers(void)
{
    StreamBufferHandle_t stream = xStreamBufferCreate(10, 1);
    xTaskCreate(stream_writer, "writer", 2048, stream, 1, NULL);
    char text[64] = "";
    size_t got = 0;
    while (got < 40) {
        size_t count = xStreamBufferReceive(stream, text + got, 7, 10);
        if (count == 0) {
            break;
        }
        got += count;
    }
    text[got] = '\0';
    CHECK_TEXT("a stream keeps order through a small buffer", text, "abcdefghabcdefghabcdefghabcdefghabcdefgh");
    MessageBufferHandle_t messages = xMessageBufferCreate(32);
    xMessageBufferSend(messages, "one", 3, 0);
    xMessageBufferSend(messages, "three", 5, 0);
    CHECK_EQUAL("a message stays whole", xMessageBufferReceive(messages, text, sizeof(text), 0), 3);
    CHECK_EQUAL("one too long for the buffer stays", xMessageBufferReceive(messages, text, 2, 0), 0);
    CHECK_EQUAL("and can be read later", xMessageBufferReceive(messages, text, sizeof(text), 0), 5);
}

void app_main(void)
{
    queues();
    mutexes();
    events();
    notifications();
    buffers();
    printf("DONE\n");
}
