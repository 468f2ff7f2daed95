// SPDX-License-Identifier: Apache-2.0
// Submission: stops when Content-Length says that the body is complete; poll(), MSG_DONTWAIT, inet_pton() for a literal address.
// verdict: pass

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/netdb.h"
#include "lwip/sockets.h"
#include <sys/poll.h>
#include "connect_wifi_sta.h"

#define SERVER "httpbin.org"
#define HEADER_SIZE 2048

static const char *TAG = "get";

// Takes dotted quads as they are and asks DNS for everything else.
static bool resolve(const char *name, struct in_addr *address)
{
    if (inet_pton(AF_INET, name, address) == 1) {
        return true;
    }
    struct addrinfo wanted = {.ai_family = AF_INET};
    struct addrinfo *list = NULL;
    if (getaddrinfo(name, NULL, &wanted, &list) != 0) {
        return false;
    }
    *address = ((struct sockaddr_in *)list->ai_addr)->sin_addr;
    freeaddrinfo(list);
    return true;
}

// Receives what is there, waiting for it if need be. As recv().
static int receive(int sock, void *into, size_t size)
{
    struct pollfd wait = {.fd = sock, .events = POLLIN};
    if (poll(&wait, 1, 15000) != 1) {
        errno = ETIMEDOUT;
        return -1;
    }
    return recv(sock, into, size, MSG_DONTWAIT);
}

static void read_response(int sock)
{
    char *header = calloc(1, HEADER_SIZE + 1);
    int used = 0;
    char *body = NULL;
    while (body == NULL && used < HEADER_SIZE) {
        int got = receive(sock, header + used, HEADER_SIZE - used);
        if (got <= 0) {
            ESP_LOGE(TAG, "error: no complete header");
            free(header);
            return;
        }
        used += got;
        body = strstr(header, "\r\n\r\n");
    }
    fwrite(header, 1, used, stdout);
    long left = -1;
    char *field = strcasestr(header, "\r\ncontent-length:");
    if (body != NULL && field != NULL && field < body) {
        left = atol(strchr(field, ':') + 1) - (used - (body + 4 - header));
    }
    free(header);

    static char chunk[300];
    while (left != 0) {
        int got = receive(sock, chunk, left > 0 && left < (long)sizeof(chunk) ? (size_t)left : sizeof(chunk));
        if (got <= 0) {
            break;
        }
        fwrite(chunk, 1, got, stdout);
        left -= left > 0 ? got : 0;
    }
    printf("\n");
}

static void get(void *unused)
{
    (void)unused;
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(80)};
    if (!resolve(SERVER, &to.sin_addr)) {
        ESP_LOGE(TAG, "%s cannot be resolved", SERVER);
        vTaskDelete(NULL);
    }
    int sock = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(sock, (struct sockaddr *)&to, sizeof to) != 0) {
        ESP_LOGE(TAG, "connect() failed: %d", errno);
    } else {
        char request[128];
        snprintf(request, sizeof request, "GET /ip HTTP/1.1\r\nHost: %s:80\r\nConnection: close\r\n\r\n", SERVER);
        if (write(sock, request, strlen(request)) > 0) {
            read_response(sock);
        }
    }
    close(sock);
    vTaskDelete(NULL);
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    xTaskCreate(get, "get", 4096, NULL, 3, NULL);
}
