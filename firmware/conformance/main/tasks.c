// SPDX-License-Identifier: Apache-2.0

/** @file Tasks: priorities, order, states, delays, deletion. */

#include "topics.h"

static void note_name(void *text)
{
    record(text);
    vTaskDelete(NULL);
}

static void note_thrice(void *text)
{
    for (int i = 0; i < 3; i++) {
        record(text);
        taskYIELD();
    }
    vTaskDelete(NULL);
}

static void wait_for_ever(void *unused)
{
    (void)unused;
    for (;;) {
        vTaskSuspend(NULL);
        record("resumed ");
    }
}

static void order(void)
{
    UBaseType_t own = uxTaskPriorityGet(NULL);
    record("before ");
    xTaskCreate(note_name, "higher", 2048, "higher ", own + 1, NULL);
    record("between ");
    xTaskCreate(note_name, "lower", 2048, "lower ", own - 1, NULL);
    record("after ");
    vTaskDelay(2);
    show_record("higher runs at once, lower when we wait");

    xTaskCreate(note_thrice, "a", 2048, "a", own - 1, NULL);
    xTaskCreate(note_thrice, "b", 2048, "b", own - 1, NULL);
    xTaskCreate(note_thrice, "c", 2048, "c", own - 1, NULL);
    vTaskDelay(2);
    show_record("equals take turns");

    xTaskCreate(note_name, "equal", 2048, "equal ", own, NULL);
    record("created ");
    taskYIELD();
    record("yielded ");
    show_record("an equal waits until we yield");

    vTaskSuspendAll();
    xTaskCreate(note_name, "higher", 2048, "higher ", own + 1, NULL);
    record("suspended ");
    // No printf() while the scheduler is suspended: it takes a lock.
    BaseType_t state = xTaskGetSchedulerState();
    BaseType_t switched = xTaskResumeAll();
    record("resumed");
    show_record("a suspended scheduler");
    SHOW(state);
    SHOW(switched);
    SHOW(xTaskGetSchedulerState());
}

static void states(void)
{
    TaskHandle_t task = NULL;
    UBaseType_t own = uxTaskPriorityGet(NULL);
    SHOW(own);
    SHOW(xTaskCreate(wait_for_ever, "a name of more than sixteen", 2048, NULL, own + 1, &task));
    SHOW_TEXT(pcTaskGetName(task));
    SHOW_TEXT(pcTaskGetName(NULL));
    SHOW(eTaskGetState(task));
    SHOW(eTaskGetState(xTaskGetCurrentTaskHandle()));
    SHOW(uxTaskPriorityGet(task));
    vTaskResume(task);
    show_record("vTaskResume");
    vTaskPrioritySet(task, own - 1);
    SHOW(uxTaskPriorityGet(task));
    vTaskResume(task);
    SHOW(eTaskGetState(task));
    vTaskDelay(1);
    show_record("after a tick");
    SHOW(xTaskGetHandle("a name of more ") == task);
    SHOW(uxTaskGetStackHighWaterMark(task) > 500 && uxTaskGetStackHighWaterMark(task) < 2048);
    UBaseType_t before = uxTaskGetNumberOfTasks();
    vTaskDelete(task);
    SHOW(before - uxTaskGetNumberOfTasks());
    SHOW_TEXT(pcTaskGetName(xTaskGetIdleTaskHandle()));
    SHOW(uxTaskPriorityGet(xTaskGetIdleTaskHandle()));
    SHOW(xTaskCreate(note_name, "huge", 10 * 1024 * 1024, NULL, 1, NULL));
    TaskHandle_t highest = NULL;
    xTaskCreate(wait_for_ever, "highest", 2048, NULL, 100, &highest);
    SHOW(uxTaskPriorityGet(highest));
    vTaskDelete(highest);
}

static void delays(void)
{
    SHOW(configTICK_RATE_HZ);
    SHOW(configMAX_PRIORITIES);
    SHOW(configMINIMAL_STACK_SIZE);
    SHOW(configMAX_TASK_NAME_LEN);
    SHOW(portTICK_PERIOD_MS);
    SHOW(pdMS_TO_TICKS(9));
    SHOW(pdMS_TO_TICKS(2500));
    SHOW(sizeof(TickType_t));
    SHOW(portMAX_DELAY);
    SHOW(TAKES(50, vTaskDelay(10)));
    SHOW(TAKES(50, vTaskDelay(0)));
    SHOW(TAKES(50, usleep(100000)));
    SHOW(TAKES(500, sleep(1)));
    TickType_t wake = xTaskGetTickCount();
    TickType_t begin = wake;
    vTaskDelay(3);
    SHOW(xTaskDelayUntil(&wake, 10));
    SHOW(wake - begin);
    vTaskDelay(15);
    SHOW(xTaskDelayUntil(&wake, 10));
    SHOW(wake - begin);
}

static void storage(void)
{
    static StaticTask_t control;
    static StackType_t stack[2048];
    TaskHandle_t task = xTaskCreateStatic(note_name, "static", sizeof(stack), "static ", 1, stack, &control);
    SHOW(task == (TaskHandle_t)&control);
    vTaskDelay(2);
    show_record("xTaskCreateStatic");
    xTaskCreatePinnedToCore(note_name, "pinned", 2048, "pinned ", 20, NULL, 0);
    show_record("xTaskCreatePinnedToCore");
    SHOW(xPortGetCoreID());
    SHOW(xPortInIsrContext());
    SHOW(xPortCanYield());
}

void topic_tasks(void)
{
    order();
    states();
    delays();
    storage();
}
