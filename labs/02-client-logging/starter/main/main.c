// SPDX-License-Identifier: Apache-2.0

// Exercise 2: logging who comes and who leaves.
//
// Given: an echo server on port 3333 that serves one client after another.
// Yours: the two gaps below.

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

// A client that vanishes without a word is given up after 5 + 3 * 5 seconds.
#define KEEPALIVE_IDLE     5
#define KEEPALIVE_INTERVAL 5
#define KEEPALIVE_COUNT    3

static const char *TAG = "client_logging";

static void enable_keepalive(int client)
{
    int on = 1;
    int idle = KEEPALIVE_IDLE;
    int interval = KEEPALIVE_INTERVAL;
    int count = KEEPALIVE_COUNT;
    setsockopt(client, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
    setsockopt(client, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof(idle));
    setsockopt(client, IPPROTO_TCP, TCP_KEEPINTVL, &interval, sizeof(interval));
    setsockopt(client, IPPROTO_TCP, TCP_KEEPCNT, &count, sizeof(count));
}

// Sends back what the client sends, until it has left.
static void serve_client(int client)
{
    char rx_buffer[128];
    int len;
    while ((len = recv(client, rx_buffer, sizeof(rx_buffer), 0)) > 0) {
        int sent = 0;
        while (sent < len) {
            int n = send(client, rx_buffer + sent, len - sent, 0);
            if (n < 0) {
                return;
            }
            sent += n;
        }
    }
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
        // accept() can fill in the client's address, if it is given room for it and told how much.
        int client = accept(listener, NULL, NULL);
        if (client < 0) {
            ESP_LOGE(TAG, "Unable to accept connection: errno %d", errno);
            vTaskDelay(pdMS_TO_TICKS(100));
            continue;
        }
        // GAP 1: log the client's address and port. In what byte order does accept() leave them?

        enable_keepalive(client);
        serve_client(client);

        // GAP 2: log that this client has left: which one was it?
        close(client);
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
