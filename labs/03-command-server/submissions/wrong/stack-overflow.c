// SPDX-License-Identifier: Apache-2.0
// Submission: has a large buffer on the small stack of its task.
// verdict: fail
// fails: get-temp, get-humidity, unknown-command, same-connection, split-command, joined-commands, second-client, client-resets, healthy
// skips: conversations
// hint: get-temp: out of stack
// hint: healthy: out of stack

#include <errno.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

#define PORT 3333

static const char *TAG = "server";

static const char *answer_to(const char *command)
{
    if (strcmp(command, "GET_TEMP") == 0) {
        return "Temperature: 25.5 C\n";
    }
    if (strcmp(command, "GET_HUMIDITY") == 0) {
        return "Humidity: 45.2 %\n";
    }
    return "Unknown command\n";
}

static void serve_client(int client)
{
    char line[64];
    int length = 0;
    char received[30 * 64] = {0}; // room for thirty commands

    vTaskDelay(1); // let something arrive
    while (1) {
        int count = recv(client, received, sizeof(received), 0);
        if (count <= 0) {
            return;
        }
        for (int i = 0; i < count; i++) {
            if (received[i] == '\n') {
                line[length] = 0;
                length = 0;
                const char *answer = answer_to(line);
                send(client, answer, strlen(answer), 0);
            } else if (received[i] != '\r' && length < (int)sizeof(line) - 1) {
                line[length++] = received[i];
            }
        }
    }
}

static int open_listener(void)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons(PORT),
        .sin_addr.s_addr = htonl(INADDR_ANY),
    };
    int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof(address)) != 0 || listen(listener, 1) != 0) {
        ESP_LOGE(TAG, "Unable to listen: errno %d", errno);
        vTaskDelete(NULL);
    }
    ESP_LOGI(TAG, "Listening on port %d", PORT);
    return listener;
}

static void server_task(void *arg)
{
    (void)arg;
    int listener = open_listener();
    while (1) {
        int client = accept(listener, NULL, NULL);
        if (client < 0) {
            ESP_LOGE(TAG, "Unable to accept connection: errno %d", errno);
            vTaskDelay(pdMS_TO_TICKS(100));
            continue;
        }
        ESP_LOGI(TAG, "Client connected");
        serve_client(client);
        ESP_LOGI(TAG, "Client disconnected");
        close(client);
    }
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    EventBits_t bits = xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    if (bits & WIFI_CONNECTED_BIT) {
        xTaskCreate(server_task, "server", 2048, NULL, 5, NULL);
    }
}
