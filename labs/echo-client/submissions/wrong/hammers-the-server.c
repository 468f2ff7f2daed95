// SPDX-License-Identifier: Apache-2.0
// Submission: tries again at once, without any pause.
// verdict: fail
// fails: pauses, conversations
// hint: pauses: at once

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/netdb.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

#define HOST "tcpbin.com"
#define PORT 4242
#define MESSAGES 3

static const char *TAG = "echo_client";

static bool resolve(struct sockaddr_in *server)
{
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
    struct addrinfo *res = NULL;
    int err = getaddrinfo(HOST, NULL, &hints, &res);
    if (err != 0 || res == NULL) {
        ESP_LOGE(TAG, "DNS lookup failed: %d", err);
        return false;
    }
    *server = *(struct sockaddr_in *)res->ai_addr;
    server->sin_port = htons(PORT);
    freeaddrinfo(res);
    return true;
}

static void talk(int sock)
{
    for (int i = 0; i < MESSAGES; i++) {
        char message[64];
        char echo[64];
        snprintf(message, sizeof(message), "Hello from ESP32! Message #%d\r\n", i);
        if (send(sock, message, strlen(message), 0) < 0) {
            ESP_LOGE(TAG, "send failed: errno %d", errno);
            return;
        }
        int len = recv(sock, echo, sizeof(echo) - 1, 0);
        if (len < 0) {
            ESP_LOGE(TAG, "recv failed: errno %d", errno);
            return;
        }
        if (len == 0) {
            ESP_LOGW(TAG, "Connection closed by server");
            return;
        }
        echo[len] = 0;
        ESP_LOGI(TAG, "Received %d bytes: %s", len, echo);
        vTaskDelay(pdMS_TO_TICKS(1000));
    }
}

static void echo_client_task(void *arg)
{
    struct sockaddr_in server;
    if (!resolve(&server)) {
        vTaskDelete(NULL);
    }
    while (1) {
        int sock = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
        if (sock < 0) {
            ESP_LOGE(TAG, "Unable to create socket: errno %d", errno);
            vTaskDelay(pdMS_TO_TICKS(1000));
            continue;
        }
        if (connect(sock, (struct sockaddr *)&server, sizeof(server)) != 0) {
            ESP_LOGE(TAG, "Socket connect failed: errno %d", errno);
            close(sock);
            continue;
        }
        ESP_LOGI(TAG, "Connected");
        talk(sock);
        close(sock);
        vTaskDelay(pdMS_TO_TICKS(3000));
    }
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    EventBits_t bits = xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    if (bits & WIFI_CONNECTED_BIT) {
        xTaskCreate(echo_client_task, "echo_client", 4096, NULL, 5, NULL);
    }
}
