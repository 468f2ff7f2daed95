// SPDX-License-Identifier: Apache-2.0
// error: 'portTICK_RATE_MS' undeclared
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

void app_main(void)
{
    vTaskDelay(100 / portTICK_RATE_MS);
}
