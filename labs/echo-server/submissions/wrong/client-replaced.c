// SPDX-License-Identifier: Apache-2.0
// Submission: drops the client that it serves when another one connects.
// verdict: fail
// fails: waiting-client, conversations
// hint: waiting-client: dropped when the next one came

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

#define PORT 3333

static const char *TAG = "echo";

static void enable_keepalive(int sock)
{
    int on = 1, idle = 5, interval = 5, count = 3;
    setsockopt(sock, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
    setsockopt(sock, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof(idle));
    setsockopt(sock, IPPROTO_TCP, TCP_KEEPINTVL, &interval, sizeof(interval));
    setsockopt(sock, IPPROTO_TCP, TCP_KEEPCNT, &count, sizeof(count));
}

static int send_all(int sock, const char *data, int length)
{
    while (length > 0) {
        int sent = send(sock, data, length, 0);
        if (sent < 0) {
            ESP_LOGE(TAG, "send failed: errno %d", errno);
            return -1;
        }
        data += sent;
        length -= sent;
    }
    return 0;
}

/* Echoes what has come; tells whether the client is still there. */
static bool serve_client(int client)
{
    char buffer[128];
    int len = recv(client, buffer, sizeof(buffer), 0);

    return len > 0 && send_all(client, buffer, len) == 0;
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
    int client = -1;

    for (;;) {
        fd_set readable;
        FD_ZERO(&readable);
        FD_SET(listener, &readable);
        if (client >= 0) {
            FD_SET(client, &readable);
        }
        if (select((client > listener ? client : listener) + 1, &readable, NULL, NULL, NULL) < 0) {
            ESP_LOGE(TAG, "select failed: errno %d", errno);
            break;
        }
        if (client >= 0 && FD_ISSET(client, &readable) && !serve_client(client)) {
            close(client);
            client = -1;
        }
        if (FD_ISSET(listener, &readable)) {
            int next = accept(listener, NULL, NULL);
            if (next < 0) {
                ESP_LOGE(TAG, "accept failed: errno %d", errno);
                continue;
            }
            if (client >= 0) {
                close(client);
            }
            client = next;
            enable_keepalive(client);
        }
    }
    close(listener);
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
