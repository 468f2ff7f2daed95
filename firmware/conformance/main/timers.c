// SPDX-License-Identifier: Apache-2.0

/** @file FreeRTOS' software timers and esp_timer. */

#include "topics.h"

#include "freertos/timers.h"

static int s_count;

static void count(TimerHandle_t timer)
{
    (void)timer;
    s_count++;
}

static void count_argument(void *argument)
{
    if (s_count++ < 3) {
        record(argument);
    }
}

static void pended(void *text, uint32_t number)
{
    record(text);
    record(number == 7 ? " 7 " : " ? ");
    record(pcTaskGetName(NULL));
}

static void software(void)
{
    TimerHandle_t periodic = xTimerCreate("periodic", 5, pdTRUE, (void *)3, count);
    TimerHandle_t once = xTimerCreate("once", 3, pdFALSE, NULL, count);
    SHOW_TEXT(pcTimerGetName(periodic));
    SHOW((intptr_t)pvTimerGetTimerID(periodic));
    SHOW(xTimerIsTimerActive(periodic));
    SHOW(xTimerStart(once, 0));
    vTaskDelay(5);
    SHOW(s_count);
    SHOW(xTimerIsTimerActive(once));
    s_count = 0;
    xTimerStart(periodic, 0);
    vTaskDelay(52);
    xTimerStop(periodic, 0);
    SHOW(s_count >= 9 && s_count <= 11);
    SHOW(xTimerGetPeriod(periodic));
    SHOW(xTimerChangePeriod(periodic, 2, 0));
    SHOW(xTimerIsTimerActive(periodic));
    SHOW(xTimerGetPeriod(periodic));
    SHOW(uxTimerGetReloadMode(periodic));
    xTimerDelete(periodic, 0);
    xTimerDelete(once, 0);
    SHOW(xTimerPendFunctionCall(pended, "pended", 7, 0));
    vTaskDelay(2);
    show_record("xTimerPendFunctionCall");
    SHOW(uxTaskPriorityGet(xTimerGetTimerDaemonTaskHandle()));
}

static void high_resolution(void)
{
    esp_timer_handle_t first, second;
    esp_timer_create_args_t arguments = {.callback = count_argument, .arg = "first ", .name = "first"};
    STATUS(esp_timer_create(&arguments, &first));
    arguments.arg = "second ";
    STATUS(esp_timer_create(&arguments, &second));
    arguments.callback = NULL;
    STATUS(esp_timer_create(&arguments, &second));
    s_count = 0;
    STATUS(esp_timer_start_once(second, 20000));
    STATUS(esp_timer_start_once(first, 10000));
    STATUS(esp_timer_start_once(first, 10000));
    STATUS(esp_timer_start_periodic(first, 10000));
    SHOW(esp_timer_is_active(first));
    STATUS(esp_timer_delete(first));
    vTaskDelay(5);
    show_record("in order of their time");
    SHOW(esp_timer_is_active(first));
    STATUS(esp_timer_stop(first));
    s_count = 0;
    STATUS(esp_timer_start_periodic(second, 20000));
    vTaskDelay(51);
    STATUS(esp_timer_stop(second));
    SHOW(s_count >= 24 && s_count <= 26);
    show_record("periodic");
    s_count = 0;
    STATUS(esp_timer_start_once(first, 50000));
    STATUS(esp_timer_restart(first, 10000));
    vTaskDelay(2);
    show_record("restarted");
    STATUS(esp_timer_delete(first));
    STATUS(esp_timer_delete(second));
    STATUS(esp_timer_delete(NULL));
}

void topic_timers(void)
{
    software();
    high_resolution();
}
