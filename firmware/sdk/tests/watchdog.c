// SPDX-License-Identifier: Apache-2.0

/** @file The task watchdog: who is named, when, and that it only warns. */

#include "check.h"
#include "esp_task_wdt.h"
#include "esp_timer.h"

static volatile bool stop;

static void spin(void *arg)
{
    (void)arg;
    while (!stop) {
    }
    vTaskDelete(NULL);
}

static void subscriber(void *arg)
{
    (void)arg;
    esp_task_wdt_add(NULL);
    while (!stop) {
        vTaskDelay(10);
    }
    esp_task_wdt_delete(NULL);
    vTaskDelete(NULL);
}

void app_main(void)
{
    CHECK_EQUAL("the watchdog runs", esp_task_wdt_status(xTaskGetIdleTaskHandle()), ESP_OK);
    CHECK_EQUAL("and does not watch main", esp_task_wdt_status(NULL), ESP_ERR_NOT_FOUND);
    printf("idle for 7 s\n");
    vTaskDelay(700);
    printf("busy for 7 s\n");
    vTaskPrioritySet(NULL, 10);
    xTaskCreate(spin, "spinner", 2048, NULL, 5, NULL);
    vTaskDelay(700);
    stop = true;
    printf("silent subscriber\n");
    vTaskDelay(1);
    stop = false;
    xTaskCreate(subscriber, "subscriber", 2048, NULL, 5, NULL);
    vTaskDelay(700);
    stop = true;
    vTaskDelay(20);
    printf("quiet again\n");
    vTaskDelay(600);
    printf("DONE\n");
}
