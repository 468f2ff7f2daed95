// SPDX-License-Identifier: Apache-2.0

// The chapter's Example 2: an echo server.
//
// Given: the network, a task, and a socket that listens on port 3333.
// Yours: the four gaps below, in the order in which a client meets them.

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

#define KEEPALIVE_IDLE     5 // seconds of silence before the first probe
#define KEEPALIVE_INTERVAL 5 // seconds between probes
#define KEEPALIVE_COUNT    3 // probes without an answer until the connection is given up

static const char *TAG = "echo_server";

// Has lwIP ask now and then whether a silent client is still there.
static void enable_keepalive(int client)
{
    // GAP 2: switch keep-alive on for this socket, with the three numbers above. See setsockopt().
    ESP_LOGW(TAG, "Socket %d: keep-alive is off", client);
}

// Sends back what the client sends, until it has left.
static void serve_client(int client)
{
    // GAP 3: receive, and send back just as many bytes. They may be any bytes, and as many as the client likes.
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
    ESP_LOGI(TAG, "Socket listening...");

    while (1) {
        // GAP 1: wait for a client. accept() returns a socket of its own for each.
        int client = -1;

        if (client < 0) {
            vTaskDelay(pdMS_TO_TICKS(1000));
            continue;
        }
        enable_keepalive(client);
        serve_client(client);

        // GAP 4: the client has left. What has to be given back, and what has to stay open for the next one?
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
