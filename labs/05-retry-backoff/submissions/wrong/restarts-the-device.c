// SPDX-License-Identifier: Apache-2.0
// Submission: calls esp_restart() when all attempts have failed.
// verdict: fail
// fails: delays, tries, final-error, healthy
// skips: conversations
// hint: tries: esp_restart()

#include <errno.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "esp_system.h"
#include "nvs_flash.h"
#include "lwip/netdb.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

#define HOST "tcpbin.com"
#define PORT 4242
#define MAX_ATTEMPTS 5

static const char *TAG = "retry";

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

// One attempt: a connected socket, or -1.
static int try_to_connect(const struct sockaddr_in *server)
{
    int sock = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
    if (sock < 0) {
        ESP_LOGE(TAG, "Unable to create socket: errno %d", errno);
        return -1;
    }
    if (connect(sock, (const struct sockaddr *)server, sizeof(*server)) != 0) {
        ESP_LOGW(TAG, "Socket connect failed: errno %d", errno);
        close(sock);
        return -1;
    }
    return sock;
}

static int connect_with_retries(const struct sockaddr_in *server)
{
    int delay_ms = 1000;
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
        ESP_LOGI(TAG, "Attempt %d of %d", attempt, MAX_ATTEMPTS);
        int sock = try_to_connect(server);
        if (sock >= 0) {
            return sock;
        }
        if (attempt < MAX_ATTEMPTS) {
            ESP_LOGI(TAG, "Waiting %d ms", delay_ms);
            vTaskDelay(pdMS_TO_TICKS(delay_ms));
            delay_ms *= 2;
        }
    }
    return -1;
}

static void client_task(void *arg)
{
    struct sockaddr_in server;
    if (resolve(&server)) {
        int sock = connect_with_retries(&server);
        if (sock < 0) {
            ESP_LOGE(TAG, "Giving up after %d attempts", MAX_ATTEMPTS);
            esp_restart();
        } else {
            char buffer[64];
            ESP_LOGI(TAG, "Connected");
            send(sock, "Hello from ESP32!\r\n", 19, 0);
            recv(sock, buffer, sizeof(buffer), 0);
            close(sock);
        }
    }
    vTaskDelete(NULL);
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    EventBits_t bits = xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    if (bits & WIFI_CONNECTED_BIT) {
        xTaskCreate(client_task, "client", 4096, NULL, 5, NULL);
    }
}
