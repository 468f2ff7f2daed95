// SPDX-License-Identifier: Apache-2.0

// The solution: a server that greets whoever tells it a name.

#include <errno.h>
#include <stdbool.h>
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

static bool send_all(int client, const char *text)
{
    size_t length = strlen(text);
    while (length > 0) {
        int sent = send(client, text, length, 0);
        if (sent < 0) {
            ESP_LOGE(TAG, "Unable to send: errno %d", errno);
            return false;
        }
        text += sent;
        length -= sent;
    }
    return true;
}

// Greets a client, line by line, until it leaves.
static void serve_client(int client)
{
    char name[64];
    size_t length = 0;
    char byte;

    while (recv(client, &byte, 1, 0) == 1) {
        if (byte != '\n') {
            if (byte != '\r' && length < sizeof(name) - 1) {
                name[length++] = byte;
            }
            continue;
        }
        name[length] = 0;
        length = 0;
        if (!send_all(client, "Hello, ") || !send_all(client, name) || !send_all(client, "\n")) {
            return;
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
