// SPDX-License-Identifier: Apache-2.0

// Exercise 3: a simple command server.
//
// Given: the network, a task, and a socket that listens on port 3333.
// Yours: the three gaps below. They are small, and they are in the order in which a client meets them.

#include <errno.h>
#include <string.h>

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

#define SERVER_PORT 3333

static const char *TAG = "command_server";

// Talks to one client until it has left.
static void serve_client(int client)
{
    // GAP 2: receive the client's commands and answer each of them.
    //
    //   GET_TEMP          Temperature: 25.5 C
    //   GET_HUMIDITY      Humidity: 45.2 %
    //   anything else     Unknown command
    //
    // A command ends with "\n", and there may be a "\r" before it. TCP knows nothing of commands: what one recv() returns may be
    // half a command, or two. The client may send as many commands as it likes; recv() says when it has left, and how.
    ESP_LOGW(TAG, "Socket %d: nothing is done for clients yet", client);
}

static void server_task(void *arg)
{
    (void)arg;

    int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
    if (listener < 0) {
        ESP_LOGE(TAG, "Unable to create socket: errno %d", errno);
        vTaskDelete(NULL);
        return;
    }

    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_ANY),
        .sin_port = htons(SERVER_PORT),
    };
    if (bind(listener, (struct sockaddr *)&address, sizeof(address)) != 0 || listen(listener, 1) != 0) {
        ESP_LOGE(TAG, "Unable to listen on port %d: errno %d", SERVER_PORT, errno);
        close(listener);
        vTaskDelete(NULL);
        return;
    }
    ESP_LOGI(TAG, "Listening on port %d", SERVER_PORT);

    while (1) {
        // GAP 1: wait for a client. accept() returns a socket of its own for each.
        int client = -1;

        if (client < 0) {
            vTaskDelay(pdMS_TO_TICKS(1000));
            continue;
        }
        serve_client(client);

        // GAP 3: the client has left. What has to be given back, and what has to stay open for the next one?
    }
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
