// SPDX-License-Identifier: Apache-2.0
// Submission: does not wait for an address before it asks for the server's.
// verdict: fail
// fails: dials
// skips: resolves, request, request-line, host, connection-close, response, pieces, long, closes, name-not-found, refused, conversations, healthy
// hint: dials: address of its own

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "esp_netif.h"
#include "nvs_flash.h"
#include "lwip/netdb.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

#define HOST "httpbin.org"
#define PORT 80

static const char *TAG = "http_get";

static const char *REQUEST =
    "GET /ip HTTP/1.1\r\n"
    "Host: " HOST "\r\n"
    "Connection: close\r\n"
    "\r\n";

static int connect_to_host(void)
{
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
    struct addrinfo *res = NULL;
    int err = getaddrinfo(HOST, NULL, &hints, &res);
    if (err != 0 || res == NULL) {
        ESP_LOGE(TAG, "DNS lookup failed: %d", err);
        return -1;
    }
    struct sockaddr_in server = {
        .sin_family = AF_INET,
        .sin_port = htons(PORT),
        .sin_addr = ((struct sockaddr_in *)res->ai_addr)->sin_addr,
    };
    freeaddrinfo(res);

    int sock = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
    if (sock < 0) {
        ESP_LOGE(TAG, "Unable to create socket: errno %d", errno);
        return -1;
    }
    if (connect(sock, (struct sockaddr *)&server, sizeof(server)) != 0) {
        ESP_LOGE(TAG, "Socket connect failed: errno %d", errno);
        close(sock);
        return -1;
    }
    ESP_LOGI(TAG, "Connected");
    return sock;
}

static void print_response(int sock)
{
    char buffer[256];
    int len;
    while ((len = recv(sock, buffer, sizeof(buffer) - 1, 0)) > 0) {
        buffer[len] = 0;
        printf("%s", buffer);
    }
    if (len < 0) {
        ESP_LOGE(TAG, "recv failed: errno %d", errno);
    }
}

static void http_get_task(void *arg)
{
    int sock = connect_to_host();
    if (sock >= 0) {
        if (send(sock, REQUEST, strlen(REQUEST), 0) < 0) {
            ESP_LOGE(TAG, "send failed: errno %d", errno);
        } else {
            print_response(sock);
        }
        close(sock);
    }
    vTaskDelete(NULL);
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    ESP_ERROR_CHECK(esp_netif_init());
    xTaskCreate(http_get_task, "http_get", 4096, NULL, 5, NULL);
    vTaskDelay(pdMS_TO_TICKS(100));
    connect_wifi_sta();
}
