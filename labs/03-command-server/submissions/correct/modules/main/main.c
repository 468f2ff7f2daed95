// SPDX-License-Identifier: Apache-2.0
// Submission: an ESP-IDF project of several files, with options of its own in Kconfig.projbuild.
// verdict: pass

#include <errno.h>
#include <string.h>

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

#include "commands.h"
#include "line_reader.h"

static const char *TAG = "station";

static void serve(int client)
{
    static line_reader_t reader;
    line_reader_init(&reader, client);

    const char *line;
    while ((line = line_reader_next(&reader)) != NULL) {
        const char *answer = command_answer(line);
#if CONFIG_STATION_LOG_COMMANDS
        ESP_LOGI(TAG, "%s", line);
#endif
        if (send(client, answer, strlen(answer), 0) < 0) {
            break;
        }
    }
}

static void station_task(void *arg)
{
    (void)arg;
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons(CONFIG_STATION_PORT),
        .sin_addr.s_addr = htonl(INADDR_ANY),
    };
    int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof(address)) != 0 || listen(listener, 3) != 0) {
        ESP_LOGE(TAG, "port %d: errno %d", CONFIG_STATION_PORT, errno);
        vTaskDelete(NULL);
    }
    while (1) {
        int client = accept(listener, NULL, NULL);
        if (client < 0) {
            ESP_LOGE(TAG, "accept: errno %d", errno);
            vTaskDelay(pdMS_TO_TICKS(100));
            continue;
        }
        serve(client);
        close(client);
    }
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    xTaskCreate(station_task, "station", 4096, NULL, 5, NULL);
}
