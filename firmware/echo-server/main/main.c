// SPDX-License-Identifier: Apache-2.0

/**
 * The chapter's Example 2: a server that sends back whatever it receives, one client after another.
 */

#include <errno.h>
#include <stdbool.h>

#include "connect_wifi_sta.h"
#include "esp_err.h"
#include "esp_log.h"
#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"
#include "freertos/task.h"
#include "lwip/sockets.h"
#include "nvs_flash.h"

#define PORT 3333
#define BACKLOG 4
#define BUFFER_SIZE 1440 // what one full TCP segment carries

// A client that vanishes without a word is given up after 5 + 3 * 5 seconds.
#define KEEPALIVE_IDLE 5
#define KEEPALIVE_INTERVAL 5
#define KEEPALIVE_COUNT 3

static const char *TAG = "echo_server";

/** Sends everything, however little one send() takes. False when the connection is broken. */
static bool send_all(int client, const char *data, size_t length)
{
    while (length > 0) {
        ssize_t sent = send(client, data, length, 0);
        if (sent < 0) {
            ESP_LOGW(TAG, "send failed: errno %d", errno);
            return false;
        }
        data += sent;
        length -= sent;
    }
    return true;
}

/** Serves a client until it leaves. The data is bytes, not text: nothing here ends them with a '\0'. */
static void serve(int client)
{
    static char buffer[BUFFER_SIZE]; // one client at a time; kept off the task's stack
    for (;;) {
        ssize_t count = recv(client, buffer, sizeof(buffer), 0);
        if (count == 0) {
            ESP_LOGI(TAG, "Connection closed by client");
            return;
        }
        if (count < 0) {
            ESP_LOGW(TAG, "recv failed: errno %d", errno);
            return;
        }
        if (!send_all(client, buffer, count)) {
            return;
        }
    }
}

static void notice_vanished_client(int client)
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

/** Opens the listening socket; -1 when that fails. */
static int open_listener(void)
{
    int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
    if (listener < 0) {
        ESP_LOGE(TAG, "Unable to create socket: errno %d", errno);
        return -1;
    }
    int on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_ANY),
        .sin_port = htons(PORT),
    };
    if (bind(listener, (struct sockaddr *)&address, sizeof(address)) != 0 || listen(listener, BACKLOG) != 0) {
        ESP_LOGE(TAG, "Listening on port %d failed: errno %d", PORT, errno);
        close(listener);
        return -1;
    }
    ESP_LOGI(TAG, "Socket listening...");
    return listener;
}

static void echo_server_task(void *argument)
{
    int listener = open_listener();
    while (listener >= 0) {
        struct sockaddr_in peer;
        socklen_t peer_length = sizeof(peer);
        int client = accept(listener, (struct sockaddr *)&peer, &peer_length);
        if (client < 0) {
            ESP_LOGE(TAG, "Unable to accept connection: errno %d", errno);
            vTaskDelay(pdMS_TO_TICKS(100)); // the listening socket is good: try again, but leave others some time
            continue;
        }
        ESP_LOGI(TAG, "Connection accepted from %s:%u", inet_ntoa(peer.sin_addr), ntohs(peer.sin_port));
        notice_vanished_client(client);
        serve(client);
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
        xTaskCreate(echo_server_task, "echo_server", 4096, NULL, 5, NULL);
    }
}
