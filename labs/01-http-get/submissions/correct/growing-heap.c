// SPDX-License-Identifier: Apache-2.0
// Submission: gathers the whole response in a heap buffer that grows, closes the connection, and prints it at once.
// verdict: pass

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/netdb.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

static const char *TAG = "fetch";

typedef struct {
    char *bytes;
    size_t length;
    size_t capacity;
} buffer_t;

static bool buffer_fill(buffer_t *buffer, int sock)
{
    for (;;) {
        if (buffer->length == buffer->capacity) {
            size_t capacity = buffer->capacity ? 2 * buffer->capacity : 1024;
            char *bytes = realloc(buffer->bytes, capacity);
            if (bytes == NULL) {
                ESP_LOGE(TAG, "out of memory at %u bytes", (unsigned)buffer->length);
                return false;
            }
            buffer->bytes = bytes;
            buffer->capacity = capacity;
        }
        int len = recv(sock, buffer->bytes + buffer->length, buffer->capacity - buffer->length, 0);
        if (len < 0) {
            ESP_LOGE(TAG, "recv: errno %d", errno);
            return false;
        }
        if (len == 0) {
            return true;
        }
        buffer->length += len;
    }
}

static int open_connection(const char *host, const char *service)
{
    struct addrinfo hints, *info = NULL;
    memset(&hints, 0, sizeof(hints));
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    int rc = getaddrinfo(host, service, &hints, &info);
    if (rc) {
        ESP_LOGE(TAG, "getaddrinfo(%s): error %d", host, rc);
        return -1;
    }
    int sock = socket(info->ai_family, info->ai_socktype, info->ai_protocol);
    if (sock >= 0 && connect(sock, info->ai_addr, info->ai_addrlen)) {
        ESP_LOGE(TAG, "connect: %s", strerror(errno));
        close(sock);
        sock = -1;
    }
    freeaddrinfo(info);
    return sock;
}

static void fetch(void *arg)
{
    (void)arg;
    buffer_t response = {0};
    int sock = open_connection("httpbin.org", "80");
    if (sock >= 0) {
        char *request;
        int length = asprintf(&request, "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", "/ip", "httpbin.org");
        if (length > 0 && send(sock, request, length, 0) == length) {
            buffer_fill(&response, sock);
        }
        free(request);
        close(sock);
        fwrite(response.bytes, 1, response.length, stdout);
        fputc('\n', stdout);
        ESP_LOGI(TAG, "%u bytes", (unsigned)response.length);
        free(response.bytes);
    }
    vTaskDelete(NULL);
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    if (xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY) & WIFI_CONNECTED_BIT) {
        xTaskCreate(fetch, "fetch", 4096, NULL, 4, NULL);
    }
}
