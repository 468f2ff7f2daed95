// SPDX-License-Identifier: Apache-2.0
// Submission: Example 1 of the chapter with a retry loop around connect(): one attempt and four retries.
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

static const char *TAG_TCP_CLIENT = "tcp_client";

#define HOST_NAME "tcpbin.com"
#define PORT 4242
#define MAX_ATTEMPTS 5

void tcp_client_task(void *pvParameters) {
    char rx_buffer[128];
    char tx_buffer[128];
    struct sockaddr_in dest_addr;
    int sock = -1;

    ESP_LOGI(TAG_TCP_CLIENT, "Attempting to resolve hostname: %s", HOST_NAME);
    struct addrinfo hints = { .ai_family = AF_INET, .ai_socktype = SOCK_STREAM };
    struct addrinfo *res;
    int err = getaddrinfo(HOST_NAME, NULL, &hints, &res);
    if (err != 0 || res == NULL) {
        ESP_LOGE(TAG_TCP_CLIENT, "DNS lookup failed err=%d res=%p", err, res);
        vTaskDelete(NULL);
        return;
    }
    struct in_addr *addr = &((struct sockaddr_in *)res->ai_addr)->sin_addr;
    dest_addr.sin_addr.s_addr = addr->s_addr;
    dest_addr.sin_family = AF_INET;
    dest_addr.sin_port = htons(PORT);
    freeaddrinfo(res);

    int delay_ms = 1000;
    int attempt;
    for (attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
        sock = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
        if (sock < 0) {
            ESP_LOGE(TAG_TCP_CLIENT, "Unable to create socket: errno %d", errno);
            vTaskDelete(NULL);
            return;
        }
        ESP_LOGI(TAG_TCP_CLIENT, "Attempt %d/%d: connecting to %s:%d", attempt, MAX_ATTEMPTS, inet_ntoa(dest_addr.sin_addr), PORT);
        err = connect(sock, (struct sockaddr *)&dest_addr, sizeof(dest_addr));
        if (err == 0) {
            break;
        }
        ESP_LOGE(TAG_TCP_CLIENT, "Socket connect failed: errno %d", errno);
        close(sock);
        sock = -1;
        if (attempt < MAX_ATTEMPTS) {
            ESP_LOGI(TAG_TCP_CLIENT, "Retrying in %d ms", delay_ms);
            vTaskDelay(pdMS_TO_TICKS(delay_ms));
            delay_ms *= 2;
        }
    }
    if (sock < 0) {
        ESP_LOGE(TAG_TCP_CLIENT, "All %d attempts failed, terminating task", MAX_ATTEMPTS);
        vTaskDelete(NULL);
        return;
    }

    ESP_LOGI(TAG_TCP_CLIENT, "Successfully connected");
    for (int i = 0; i < 3; i++) {
        sprintf(tx_buffer, "Hello from ESP32! Message #%d\r\n", i);
        if (send(sock, tx_buffer, strlen(tx_buffer), 0) < 0) {
            ESP_LOGE(TAG_TCP_CLIENT, "Error occurred during sending: errno %d", errno);
            break;
        }
        int len = recv(sock, rx_buffer, sizeof(rx_buffer) - 1, 0);
        if (len <= 0) {
            ESP_LOGW(TAG_TCP_CLIENT, "Connection ended: %d", len);
            break;
        }
        rx_buffer[len] = 0;
        ESP_LOGI(TAG_TCP_CLIENT, "Received %d bytes: %s", len, rx_buffer);
        vTaskDelay(pdMS_TO_TICKS(2000));
    }
    shutdown(sock, SHUT_RDWR);
    close(sock);
    vTaskDelete(NULL);
}

void app_main(void) {
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    EventBits_t bits = xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    if (bits & WIFI_CONNECTED_BIT) {
        xTaskCreate(tcp_client_task, "tcp_client", 4096, NULL, 5, NULL);
    }
}
