// SPDX-License-Identifier: Apache-2.0
// compiles
#define CONFIG_FREERTOS_ENABLE_BACKWARD_COMPATIBILITY 1
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

xTaskHandle task;

void app_main(void)
{
    vTaskDelay(100 / portTICK_RATE_MS);
}
