// SPDX-License-Identifier: Apache-2.0
// Submission: Example 1 of the chapter with another server and another message; fetches again every ten seconds.
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

#define HOST_NAME "httpbin.org"
#define PORT 80

void tcp_client_task(void *pvParameters) {
    char rx_buffer[128];
    const char *request = "GET /ip HTTP/1.1\r\nHost: httpbin.org\r\nConnection: close\r\n\r\n";
    struct sockaddr_in dest_addr;
    int sock = -1;

    struct addrinfo hints = { .ai_family = AF_INET, .ai_socktype = SOCK_STREAM };
    struct addrinfo *res;
    int err = getaddrinfo(HOST_NAME, NULL, &hints, &res);
    if (err != 0 || res == NULL) {
        ESP_LOGE(TAG_TCP_CLIENT, "DNS lookup failed err=%d", err);
        vTaskDelete(NULL);
        return;
    }
    struct in_addr *addr = &((struct sockaddr_in *)res->ai_addr)->sin_addr;
    ESP_LOGI(TAG_TCP_CLIENT, "DNS lookup succeeded. IP=%s", inet_ntoa(*addr));
    dest_addr.sin_addr.s_addr = addr->s_addr;
    dest_addr.sin_family = AF_INET;
    dest_addr.sin_port = htons(PORT);
    freeaddrinfo(res);

    while (1) {
        sock = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
        if (sock < 0) {
            ESP_LOGE(TAG_TCP_CLIENT, "Unable to create socket: errno %d", errno);
            vTaskDelay(pdMS_TO_TICKS(1000));
            continue;
        }
        err = connect(sock, (struct sockaddr *)&dest_addr, sizeof(dest_addr));
        if (err != 0) {
            ESP_LOGE(TAG_TCP_CLIENT, "Socket connect failed: errno %d", errno);
            close(sock);
            sock = -1;
            vTaskDelay(pdMS_TO_TICKS(4000));
            continue;
        }
        ESP_LOGI(TAG_TCP_CLIENT, "Successfully connected to %s:%d", inet_ntoa(dest_addr.sin_addr), PORT);

        err = send(sock, request, strlen(request), 0);
        if (err < 0) {
            ESP_LOGE(TAG_TCP_CLIENT, "Error occurred during sending: errno %d", errno);
        } else {
            while (1) {
                int len = recv(sock, rx_buffer, sizeof(rx_buffer) - 1, 0);
                if (len < 0) {
                    ESP_LOGE(TAG_TCP_CLIENT, "recv failed: errno %d", errno);
                    break;
                } else if (len == 0) {
                    ESP_LOGW(TAG_TCP_CLIENT, "Connection closed by server");
                    break;
                } else {
                    rx_buffer[len] = 0;
                    ESP_LOGI(TAG_TCP_CLIENT, "Received %d bytes: %s", len, rx_buffer);
                }
            }
        }
        ESP_LOGI(TAG_TCP_CLIENT, "Shutting down socket and restarting...");
        shutdown(sock, SHUT_RDWR);
        close(sock);
        sock = -1;
        vTaskDelay(pdMS_TO_TICKS(10000));
    }
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
