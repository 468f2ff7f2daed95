// SPDX-License-Identifier: Apache-2.0
// Submission: Example 1 as the chapter prints it, but that app_main() leaves NVS to connect_wifi_sta().
// verdict: pass

#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h" // If using common Wi-Fi setup
#include "esp_system.h"
#include "esp_wifi.h"
#include "esp_event.h"
#include "esp_log.h"
#include "esp_netif.h"
#include "lwip/err.h"
#include "lwip/sockets.h" // For socket functions
#include "lwip/sys.h"
#include <lwip/netdb.h> // For getaddrinfo
#include "connect_wifi_sta.h"

// In main.c
static const char *TAG_TCP_CLIENT = "tcp_client";

// Define HOST_IP_ADDR and PORT based on your target server
// For tcpbin.com, first resolve "tcpbin.com" to an IP.
// As of writing, one IP for tcpbin.com is 52.203.83.192 (this can change!)
// It's better to use getaddrinfo for hostname resolution.
#define HOST_NAME "tcpbin.com"
#define PORT 4242

void tcp_client_task(void *pvParameters) {
    char rx_buffer[128];
    char tx_buffer[128];
    struct sockaddr_in dest_addr;
    int sock = -1;
    // Wait for Wi-Fi connection (assuming s_wifi_event_group and WIFI_CONNECTED_BIT are set up)
    // xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    // For standalone example, ensure Wi-Fi is connected before this task runs.
    ESP_LOGI(TAG_TCP_CLIENT, "Attempting to resolve hostname: %s", HOST_NAME);
    struct addrinfo hints = { .ai_family = AF_INET, .ai_socktype = SOCK_STREAM };
    struct addrinfo *res;
    int err = getaddrinfo(HOST_NAME, NULL, &hints, &res); // Port will be set later
    if(err != 0 || res == NULL) {
        ESP_LOGE(TAG_TCP_CLIENT, "DNS lookup failed err=%d res=%p", err, res);
        vTaskDelete(NULL);
        return;
    }
    // res contains a linked list of addresses. Use the first one.
    struct in_addr *addr = &((struct sockaddr_in *)res->ai_addr)->sin_addr;
    ESP_LOGI(TAG_TCP_CLIENT, "DNS lookup succeeded. IP=%s", inet_ntoa(*addr));
    dest_addr.sin_addr.s_addr = addr->s_addr; // Use resolved IP
    dest_addr.sin_family = AF_INET;
    dest_addr.sin_port = htons(PORT);
    freeaddrinfo(res); // Free the resources allocated by getaddrinfo
    while (1) { // Retry loop for connection
        sock = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
        if (sock < 0) {
            ESP_LOGE(TAG_TCP_CLIENT, "Unable to create socket: errno %d", errno);
            vTaskDelay(pdMS_TO_TICKS(1000));
            continue;
        }
        ESP_LOGI(TAG_TCP_CLIENT, "Socket created, attempting to connect to %s:%d", inet_ntoa(dest_addr.sin_addr), PORT);
        err = connect(sock, (struct sockaddr *)&dest_addr, sizeof(dest_addr));
        if (err != 0) {
            ESP_LOGE(TAG_TCP_CLIENT, "Socket connect failed: errno %d", errno);
            close(sock);
            sock = -1;
            vTaskDelay(pdMS_TO_TICKS(4000));
            continue; // Retry connection
        }
        ESP_LOGI(TAG_TCP_CLIENT, "Successfully connected to %s:%d", inet_ntoa(dest_addr.sin_addr), PORT);
        // Connection successful, send and receive data
        for (int i = 0; i < 3; i++) {
            sprintf(tx_buffer, "Hello from ESP32! Message #%d\r\n", i);
            int err = send(sock, tx_buffer, strlen(tx_buffer), 0);
            if (err < 0) {
                ESP_LOGE(TAG_TCP_CLIENT, "Error occurred during sending: errno %d", errno);
                break; // Break inner loop, will lead to closing socket and retrying connection
            }
            ESP_LOGI(TAG_TCP_CLIENT, "Sent: %s", tx_buffer);
            int len = recv(sock, rx_buffer, sizeof(rx_buffer) - 1, 0);
            if (len < 0) {
                ESP_LOGE(TAG_TCP_CLIENT, "recv failed: errno %d", errno);
                break; // Break inner loop
            } else if (len == 0) {
                ESP_LOGW(TAG_TCP_CLIENT, "Connection closed by server");
                break; // Break inner loop
            } else {
                rx_buffer[len] = 0; // Null-terminate whatever we received
                ESP_LOGI(TAG_TCP_CLIENT, "Received %d bytes: %s", len, rx_buffer);
            }
            vTaskDelay(pdMS_TO_TICKS(2000));
        }
        if (sock != -1) {
            ESP_LOGI(TAG_TCP_CLIENT, "Shutting down socket and restarting...");
            shutdown(sock, SHUT_RDWR); // Graceful shutdown
            close(sock);
            sock = -1;
        }
        vTaskDelay(pdMS_TO_TICKS(5000)); // Wait before trying to connect again
    }
    vTaskDelete(NULL); // Should not reach here in this loop
}

void app_main(void) {
    // NVS, Wi-Fi init (connect_wifi_sta()) ...
    connect_wifi_sta();
    EventBits_t bits = xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    if (bits & WIFI_CONNECTED_BIT) {
        xTaskCreate(tcp_client_task, "tcp_client", 4096, NULL, 5, NULL);
    }
}
