// SPDX-License-Identifier: Apache-2.0

/** @file Which task runs when: priorities, preemption, time slices, delays, suspension, deletion. */

#include "check.h"
#include "esp_timer.h"
#include "freertos/semphr.h"

TRACE_STORAGE;

static void append_and_end(void *text)
{
    trace_add(text);
    vTaskDelete(NULL);
}

static void append_yield_append(void *text)
{
    for (int i = 0; i < 3; i++) {
        trace_add(text);
        taskYIELD();
    }
    vTaskDelete(NULL);
}

static void priorities(void)
{
    trace_clear();
    xTaskCreate(append_and_end, "low", 2048, "L", 1, NULL);
    trace_add("m");
    xTaskCreate(append_and_end, "high", 2048, "H", 10, NULL);
    trace_add("m");
    vTaskDelay(2);
    CHECK_TEXT("a new task that is as urgent or more runs at once", trace, "LmHm");

    trace_clear();
    vTaskPrioritySet(NULL, 5);
    xTaskCreate(append_yield_append, "a", 2048, "a", 2, NULL);
    xTaskCreate(append_yield_append, "b", 2048, "b", 2, NULL);
    xTaskCreate(append_yield_append, "c", 2048, "c", 2, NULL);
    vTaskDelay(2);
    vTaskPrioritySet(NULL, 1);
    CHECK_TEXT("tasks of one priority take turns when they yield", trace, "abcabcabc");
}

static volatile uint32_t counters[2];
static volatile bool stop;

static void count(void *index)
{
    while (!stop) {
        counters[(int)index]++;
    }
    vTaskDelete(NULL);
}

static void time_slices(void)
{
    vTaskPrioritySet(NULL, 5);
    stop = false;
    xTaskCreate(count, "c0", 2048, (void *)0, 1, NULL);
    xTaskCreate(count, "c1", 2048, (void *)1, 1, NULL);
    vTaskDelay(20);
    stop = true;
    uint32_t a = counters[0], b = counters[1];
    CHECK("tasks of one priority share the time", a > 0 && b > 0 && a < 2 * b && b < 2 * a);
    vTaskDelay(2);
    vTaskPrioritySet(NULL, 1);
}

static void delays(void)
{
    vTaskDelay(1);
    int64_t start = esp_timer_get_time();
    vTaskDelay(10);
    int64_t took = esp_timer_get_time() - start;
    CHECK("vTaskDelay(10) takes at least 90 ms", took > 90000);

    static portMUX_TYPE mux = portMUX_INITIALIZER_UNLOCKED;
    start = esp_timer_get_time();
    taskENTER_CRITICAL(&mux);
    vTaskDelay(10);
    took = esp_timer_get_time() - start;
    taskEXIT_CRITICAL(&mux);
    CHECK("vTaskDelay() in a critical section returns at once", took < 10000);
    CHECK("and waits when the section ends", esp_timer_get_time() - start > 90000);

    TickType_t last = xTaskGetTickCount();
    BaseType_t first = xTaskDelayUntil(&last, 5);
    CHECK_EQUAL("xTaskDelayUntil says that it waited", first, pdTRUE);
    vTaskDelay(7);
    CHECK_EQUAL("and that it did not, when late", xTaskDelayUntil(&last, 5), pdFALSE);

    TickType_t before = xTaskGetTickCount();
    vTaskDelay(pdMS_TO_TICKS(9));
    CHECK_EQUAL("9 ms are no tick at all", xTaskGetTickCount(), before);
}

static void suspended_task(void *arg)
{
    (void)arg;
    for (;;) {
        trace_add("s");
        vTaskSuspend(NULL);
    }
}

static void sleeper(void *result)
{
    TickType_t start = xTaskGetTickCount();
    vTaskDelay(100);
    *(volatile TickType_t *)result = xTaskGetTickCount() - start;
    vTaskDelete(NULL);
}

static void suspension(void)
{
    TaskHandle_t task;
    trace_clear();
    xTaskCreate(suspended_task, "susp", 2048, NULL, 3, &task);
    CHECK_EQUAL("a task that suspended itself says so", eTaskGetState(task), eSuspended);
    trace_add("m");
    vTaskResume(task);
    trace_add("m");
    vTaskResume(task);
    CHECK_TEXT("vTaskResume runs a more urgent task at once", trace, "smsms");
    vTaskDelete(task);

    volatile TickType_t slept = 0;
    xTaskCreate(sleeper, "sleeper", 2048, (void *)&slept, 3, &task);
    CHECK_EQUAL("a sleeping task is blocked", eTaskGetState(task), eBlocked);
    vTaskDelay(3);
    CHECK_EQUAL("xTaskAbortDelay ends its sleep", xTaskAbortDelay(task), pdPASS);
    CHECK("early", slept >= 2 && slept < 10);

    vTaskSuspendAll();
    trace_clear();
    xTaskCreate(append_and_end, "late", 2048, "t", 10, NULL);
    trace_add("m");
    BaseType_t scheduler = xTaskGetSchedulerState(), switched = xTaskResumeAll();
    CHECK_EQUAL("the scheduler says it is suspended", scheduler, taskSCHEDULER_SUSPENDED);
    CHECK_EQUAL("xTaskResumeAll switches to who became ready", switched, pdTRUE);
    CHECK_TEXT("but not before", trace, "mt");
}

static void critical_section(void)
{
    portMUX_TYPE mux = portMUX_INITIALIZER_UNLOCKED;
    trace_clear();
    portENTER_CRITICAL(&mux);
    portENTER_CRITICAL(&mux);
    xTaskCreate(append_and_end, "crit", 2048, "t", 10, NULL);
    trace_add("m");
    portEXIT_CRITICAL(&mux);
    trace_add("m");
    portEXIT_CRITICAL(&mux);
    trace_add("e");
    CHECK_TEXT("a switch waits for the end of the outermost critical section", trace, "mmte");
}

static void facts(void)
{
    CHECK_TEXT("app_main runs in main", pcTaskGetName(NULL), "main");
    CHECK_EQUAL("with priority 1", uxTaskPriorityGet(NULL), 1);
    CHECK("the system's tasks exist", xTaskGetHandle("IDLE") != NULL && xTaskGetHandle("Tmr Svc") != NULL &&
                                          xTaskGetHandle("esp_timer") != NULL);
    CHECK("the stack's low-water mark is plausible",
          uxTaskGetStackHighWaterMark(NULL) > 500 && uxTaskGetStackHighWaterMark(NULL) < 4096);
    static StaticTask_t memory;
    static StackType_t stack[2048];
    trace_clear();
    TaskHandle_t task = xTaskCreateStatic(append_and_end, "static", sizeof(stack), "S", 4, stack, &memory);
    CHECK("a task in static memory runs", task == (TaskHandle_t)&memory && strcmp(trace, "S") == 0);

    UBaseType_t tasks = uxTaskGetNumberOfTasks();
    size_t free_before = xPortGetFreeHeapSize();
    for (int i = 0; i < 200; i++) {
        xTaskCreate(append_and_end, "brief", 2048, "", 1, NULL);
        vTaskDelay(1);
    }
    vTaskDelay(2);
    CHECK_EQUAL("ended tasks are gone", uxTaskGetNumberOfTasks(), tasks);
    CHECK_EQUAL("and their memory is free again", xPortGetFreeHeapSize(), free_before);
    CHECK_EQUAL("a task that needs too much memory is not created",
                xTaskCreate(append_and_end, "huge", 1000000, "", 1, NULL), errCOULD_NOT_ALLOCATE_REQUIRED_MEMORY);
}

void app_main(void)
{
    facts();
    priorities();
    time_slices();
    delays();
    suspension();
    critical_section();
    printf("DONE\n");
}
