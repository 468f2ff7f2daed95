// SPDX-License-Identifier: Apache-2.0
// Submission: the chapter's Example 2 as it stands there, with app_main() as its comments show.
// verdict: pass

#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h" // If using common Wi-Fi setup
#include "esp_system.h"
#include "esp_wifi.h"
#include "esp_event.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "esp_netif.h"
#include "lwip/err.h"
#include "lwip/sockets.h" // For socket functions
#include "lwip/sys.h"
#include <lwip/netdb.h> // For getaddrinfo
#include "connect_wifi_sta.h"

// In main.c
static const char *TAG_TCP_SERVER = "tcp_server";

#define TCP_SERVER_PORT 3333
#define KEEPALIVE_IDLE 5 // Keepalive idle time (seconds)
#define KEEPALIVE_INTERVAL 5 // Keepalive interval time (seconds)
#define KEEPALIVE_COUNT 3 // Keepalive packet retry count

void tcp_server_task(void *pvParameters) {
    char rx_buffer[128];
    struct sockaddr_in server_addr, client_addr;
    socklen_t client_addr_len = sizeof(client_addr);
    int listen_sock = -1;
    // Create listening socket
    listen_sock = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
    if (listen_sock < 0) {
        ESP_LOGE(TAG_TCP_SERVER, "Unable to create socket: errno %d", errno);
        goto server_cleanup;
    }
    ESP_LOGI(TAG_TCP_SERVER, "Listening socket created");
    // Bind to local IP address and port
    server_addr.sin_family = AF_INET;
    server_addr.sin_addr.s_addr = htonl(INADDR_ANY); // Bind to all available interfaces
    server_addr.sin_port = htons(TCP_SERVER_PORT);
    int err = bind(listen_sock, (struct sockaddr *)&server_addr, sizeof(server_addr));
    if (err != 0) {
        ESP_LOGE(TAG_TCP_SERVER, "Socket bind failed: errno %d", errno);
        goto server_cleanup;
    }
    ESP_LOGI(TAG_TCP_SERVER, "Socket bound to port %d", TCP_SERVER_PORT);
    // Listen for incoming connections
    err = listen(listen_sock, 1); // Listen with a backlog of 1
    if (err != 0) {
        ESP_LOGE(TAG_TCP_SERVER, "Error occurred during listen: errno %d", errno);
        goto server_cleanup;
    }
    ESP_LOGI(TAG_TCP_SERVER, "Socket listening...");
    while (1) {
        int connected_sock = accept(listen_sock, (struct sockaddr *)&client_addr, &client_addr_len);
        if (connected_sock < 0) {
            ESP_LOGE(TAG_TCP_SERVER, "Unable to accept connection: errno %d", errno);
            // If accept fails, the listen_sock is still valid, so continue listening.
            vTaskDelay(pdMS_TO_TICKS(100)); // Small delay before retrying accept
            continue;
        }
        ESP_LOGI(TAG_TCP_SERVER, "Connection accepted from %s:%d",
                inet_ntoa(client_addr.sin_addr), ntohs(client_addr.sin_port));
        // Configure TCP Keep-Alive
        int keepalive = 1;
        int idle = KEEPALIVE_IDLE;
        int interval = KEEPALIVE_INTERVAL;
        int count = KEEPALIVE_COUNT;
        setsockopt(connected_sock, SOL_SOCKET, SO_KEEPALIVE, &keepalive, sizeof(int));
        setsockopt(connected_sock, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof(int));
        setsockopt(connected_sock, IPPROTO_TCP, TCP_KEEPINTVL, &interval, sizeof(int));
        setsockopt(connected_sock, IPPROTO_TCP, TCP_KEEPCNT, &count, sizeof(int));
        ESP_LOGI(TAG_TCP_SERVER, "TCP Keep-Alive enabled for accepted socket.");
        // Communication loop with the connected client
        int len;
        do {
            len = recv(connected_sock, rx_buffer, sizeof(rx_buffer) - 1, 0);
            if (len < 0) {
                ESP_LOGE(TAG_TCP_SERVER, "recv failed: errno %d", errno);
            } else if (len == 0) {
                ESP_LOGW(TAG_TCP_SERVER, "Connection closed by client");
            } else {
                rx_buffer[len] = 0; // Null-terminate
                ESP_LOGI(TAG_TCP_SERVER, "Received %d bytes from %s:", len, inet_ntoa(client_addr.sin_addr));
                ESP_LOGI(TAG_TCP_SERVER, "%s", rx_buffer);
                // Echo back
                int written = send(connected_sock, rx_buffer, len, 0);
                if (written < 0) {
                    ESP_LOGE(TAG_TCP_SERVER, "Error occurred during sending: errno %d", errno);
                    // This error might mean the client disconnected abruptly.
                    // Break from the loop to close this client's socket.
                    len = -1; // Force loop exit
                } else {
                    ESP_LOGI(TAG_TCP_SERVER, "Echoed %d bytes.", written);
                }
            }
        } while (len > 0); // Continue while data is received and no send error
        ESP_LOGI(TAG_TCP_SERVER, "Closing connection with %s:%d",
                inet_ntoa(client_addr.sin_addr), ntohs(client_addr.sin_port));
        shutdown(connected_sock, SHUT_RDWR);
        close(connected_sock);
    }
server_cleanup:
    if (listen_sock != -1) {
        close(listen_sock);
    }
    ESP_LOGE(TAG_TCP_SERVER, "TCP server task exiting due to error.");
    vTaskDelete(NULL);
}

void app_main(void) {
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    EventBits_t bits = xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    if (bits & WIFI_CONNECTED_BIT) {
        xTaskCreate(tcp_server_task, "tcp_server", 4096, NULL, 5, NULL);
    }
}
