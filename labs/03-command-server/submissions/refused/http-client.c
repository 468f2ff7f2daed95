// SPDX-License-Identifier: Apache-2.0
// Submission: fetches its answers with a component that the bundled SDK lacks.
// verdict: fail
// build: absentAPI
// says: esp_http_client
// says: not in the bundled SDK

#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"
#include "esp_http_client.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "connect_wifi_sta.h"

static const char *TAG = "weather";

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);

    esp_http_client_config_t config = {.url = "http://example.com/temperature"};
    esp_http_client_handle_t client = esp_http_client_init(&config);
    if (esp_http_client_perform(client) == ESP_OK) {
        ESP_LOGI(TAG, "Status %d", esp_http_client_get_status_code(client));
    }
    esp_http_client_cleanup(client);
}
