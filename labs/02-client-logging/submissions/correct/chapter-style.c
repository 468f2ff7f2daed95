// SPDX-License-Identifier: Apache-2.0
// Submission: the chapter's Example 2 with a few more log lines; asks getpeername() who has come.
// verdict: pass

#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_system.h"
#include "esp_wifi.h"
#include "esp_event.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "esp_netif.h"
#include "lwip/err.h"
#include "lwip/sockets.h"
#include "lwip/sys.h"
#include <lwip/netdb.h>
#include "connect_wifi_sta.h"

static const char *TAG_TCP_SERVER = "tcp_server";

#define TCP_SERVER_PORT 3333
#define KEEPALIVE_IDLE 5
#define KEEPALIVE_INTERVAL 5
#define KEEPALIVE_COUNT 3

static void log_peer(int sock, const char *what)
{
    struct sockaddr_in peer;
    socklen_t peer_len = sizeof(peer);
    if (getpeername(sock, (struct sockaddr *)&peer, &peer_len) == 0) {
        ESP_LOGI(TAG_TCP_SERVER, "%s: %s, port %d", what, inet_ntoa(peer.sin_addr), ntohs(peer.sin_port));
    } else {
        ESP_LOGW(TAG_TCP_SERVER, "%s: getpeername failed: errno %d", what, errno);
    }
}

void tcp_server_task(void *pvParameters)
{
    char rx_buffer[128];
    struct sockaddr_in server_addr, client_addr;
    socklen_t client_addr_len = sizeof(client_addr);

    int listen_sock = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
    server_addr.sin_family = AF_INET;
    server_addr.sin_addr.s_addr = htonl(INADDR_ANY);
    server_addr.sin_port = htons(TCP_SERVER_PORT);
    if (listen_sock < 0 || bind(listen_sock, (struct sockaddr *)&server_addr, sizeof(server_addr)) != 0 ||
        listen(listen_sock, 1) != 0) {
        ESP_LOGE(TAG_TCP_SERVER, "No listening socket: errno %d", errno);
        vTaskDelete(NULL);
    }

    while (1) {
        int connected_sock = accept(listen_sock, (struct sockaddr *)&client_addr, &client_addr_len);
        if (connected_sock < 0) {
            ESP_LOGE(TAG_TCP_SERVER, "Unable to accept connection: errno %d", errno);
            vTaskDelay(pdMS_TO_TICKS(100));
            continue;
        }
        log_peer(connected_sock, "New client");

        int keepalive = 1;
        int idle = KEEPALIVE_IDLE;
        int interval = KEEPALIVE_INTERVAL;
        int count = KEEPALIVE_COUNT;
        setsockopt(connected_sock, SOL_SOCKET, SO_KEEPALIVE, &keepalive, sizeof(int));
        setsockopt(connected_sock, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof(int));
        setsockopt(connected_sock, IPPROTO_TCP, TCP_KEEPINTVL, &interval, sizeof(int));
        setsockopt(connected_sock, IPPROTO_TCP, TCP_KEEPCNT, &count, sizeof(int));

        int len;
        do {
            len = recv(connected_sock, rx_buffer, sizeof(rx_buffer) - 1, 0);
            if (len < 0) {
                ESP_LOGE(TAG_TCP_SERVER, "recv failed: errno %d", errno);
            } else if (len > 0) {
                rx_buffer[len] = 0;
                ESP_LOGI(TAG_TCP_SERVER, "Received %d bytes: %s", len, rx_buffer);
                if (send(connected_sock, rx_buffer, len, 0) < 0) {
                    ESP_LOGE(TAG_TCP_SERVER, "Error occurred during sending: errno %d", errno);
                    len = -1;
                }
            }
        } while (len > 0);

        // After a reset lwIP has forgotten the peer, but accept() wrote down who it was.
        ESP_LOGI(TAG_TCP_SERVER, "Client left: %s, port %d", inet_ntoa(client_addr.sin_addr), ntohs(client_addr.sin_port));
        shutdown(connected_sock, SHUT_RDWR);
        close(connected_sock);
    }
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    EventBits_t bits = xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    if (bits & WIFI_CONNECTED_BIT) {
        xTaskCreate(tcp_server_task, "tcp_server", 4096, NULL, 5, NULL);
    }
}
