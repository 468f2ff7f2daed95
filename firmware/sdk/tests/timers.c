// SPDX-License-Identifier: Apache-2.0

/** @file Software timers, esp_timer, and sleeping without ticks. */

#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "esp_freertos_hooks.h"
#include "esp_timer.h"
#include "freertos/timers.h"

TRACE_STORAGE;

static volatile int fired, ticks_seen;

static void on_timer(TimerHandle_t timer)
{
    fired++;
    if (pvTimerGetTimerID(timer) != NULL) {
        trace_add(pvTimerGetTimerID(timer));
    }
}

static void software_timers(void)
{
    TimerHandle_t periodic = xTimerCreate("periodic", 5, pdTRUE, NULL, on_timer);
    TimerHandle_t once = xTimerCreate("once", 8, pdFALSE, "o", on_timer);
    CHECK_EQUAL("a new timer is stopped", xTimerIsTimerActive(periodic), pdFALSE);
    xTimerStart(periodic, 0);
    xTimerStart(once, 0);
    vTaskDelay(23);
    CHECK_EQUAL("a periodic timer fires each period, another once", fired, 5);
    CHECK_TEXT("with its id", trace, "o");
    CHECK("a one-shot timer has stopped", xTimerIsTimerActive(once) == pdFALSE && xTimerIsTimerActive(periodic));
    xTimerStop(periodic, 0);
    vTaskDelay(10);
    CHECK_EQUAL("a stopped timer stays silent", fired, 5);
    xTimerChangePeriod(once, 2, 0);
    vTaskDelay(4);
    CHECK_EQUAL("changing the period starts", fired, 6);
    CHECK_EQUAL("deleting works", xTimerDelete(once, 0), pdPASS);
}

static volatile int64_t fired_at[20];
static volatile int count;

static void on_esp_timer(void *arg)
{
    (void)arg;
    if (count < 20) {
        fired_at[count++] = esp_timer_get_time();
    }
}

static void high_resolution(void)
{
    esp_timer_handle_t timer;
    const esp_timer_create_args_t args = {.callback = on_esp_timer, .name = "test"};
    CHECK_EQUAL("esp_timer_create", esp_timer_create(&args, &timer), ESP_OK);
    int64_t start = esp_timer_get_time();
    esp_timer_start_once(timer, 1234);
    vTaskDelay(2);
    CHECK("a one-shot fires once, and not before its time", count == 1 && fired_at[0] - start >= 1200);
    count = 0;
    start = esp_timer_get_time();
    esp_timer_start_periodic(timer, 2500);
    CHECK_EQUAL("a running timer cannot be started", esp_timer_start_once(timer, 1), ESP_ERR_INVALID_STATE);
    vTaskDelay(5);
    esp_timer_stop(timer);
    // How late the host lets the machine wake up is no concern of the test: none may be early, and among the last ones
    // some must be on time still.
    bool early = false, drifted = true;
    for (int i = 0; i < count; i++) {
        int64_t late = fired_at[i] - start - 2500 * (i + 1);
        early = early || late < -500;
        drifted = drifted && (i < count / 2 || late > 500);
    }
    CHECK("a periodic timer fires as often as it should", count >= 16 && count <= 20);
    CHECK("never early", !early);
    CHECK("and without drift", !drifted);
    CHECK_EQUAL("esp_timer_delete", esp_timer_delete(timer), ESP_OK);
}

static void on_tick(void)
{
    ticks_seen++;
}

static void sleeping(void)
{
    esp_register_freertos_tick_hook(on_tick);
    ticks_seen = 0;
    int64_t start = esp_timer_get_time();
    TickType_t tick = xTaskGetTickCount();
    vTaskDelay(300);
    int64_t took = esp_timer_get_time() - start;
    CHECK("3 s of sleep take at least 2.99 s", took > 2990000);
    CHECK("and are counted", llabs((int64_t)(xTaskGetTickCount() - tick) * 10000 - took) < 20000);
    CHECK("without 300 interrupts", ticks_seen < 100);
    esp_deregister_freertos_tick_hook(on_tick);

    start = esp_timer_get_time();
    usleep(300);
    took = esp_timer_get_time() - start;
    CHECK("usleep(300) is exact", took >= 300 && took < 400);
    time_t before = time(NULL);
    struct timeval tv = {.tv_sec = 1700000000};
    settimeofday(&tv, NULL);
    gettimeofday(&tv, NULL);
    CHECK("the clock starts at boot and can be set", before < 1000 && tv.tv_sec == 1700000000);
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    CHECK("CLOCK_MONOTONIC is not set", ts.tv_sec < 1000);
}

void app_main(void)
{
    software_timers();
    high_resolution();
    sleeping();
    printf("DONE\n");
}
