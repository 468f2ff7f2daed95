// SPDX-License-Identifier: Apache-2.0

// A server that greets whoever tells it a name. Given: the network and a task.

#include "esp_log.h"
#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"
#include "freertos/task.h"
#include "lwip/sockets.h"
#include "nvs_flash.h"

#include "connect_wifi_sta.h"

#define SERVER_PORT 3333

static const char *TAG = "@PROJECT@";

static void server_task(void *arg)
{
    (void)arg;
    ESP_LOGI(TAG, "The server on port %d is yours to write", SERVER_PORT);
    vTaskDelete(NULL);
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();

    EventBits_t bits = xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    if (bits & WIFI_CONNECTED_BIT) {
        xTaskCreate(server_task, "server", 4096, NULL, 5, NULL);
    }
}
