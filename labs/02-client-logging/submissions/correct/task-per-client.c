// SPDX-License-Identifier: Apache-2.0
// Submission: a task for each client with a copy of its address; prints with printf() and inet_ntop().
// verdict: pass

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

typedef struct {
    int socket;
    struct sockaddr_in address;
} visitor_t;

static void report(const visitor_t *visitor, const char *event)
{
    char address[INET_ADDRSTRLEN];
    inet_ntop(AF_INET, &visitor->address.sin_addr, address, sizeof(address));
    printf("[%u] %s: IP %s, port %u\n", (unsigned)xTaskGetTickCount(), event, address,
           (unsigned)ntohs(visitor->address.sin_port));
}

static int echo(int socket)
{
    char buffer[256];
    int count = recv(socket, buffer, sizeof(buffer), 0);
    int sent = 0;
    while (sent < count) {
        int n = send(socket, &buffer[sent], count - sent, 0);
        if (n < 0) {
            return n;
        }
        sent += n;
    }
    return count;
}

static void visitor_task(void *argument)
{
    visitor_t *visitor = argument;
    int result;
    report(visitor, "hello");
    while ((result = echo(visitor->socket)) > 0) {
    }
    report(visitor, result == 0 ? "goodbye" : "connection lost");
    close(visitor->socket);
    free(visitor);
    vTaskDelete(NULL);
}

static void watch_over(int socket)
{
    setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &(int){1}, sizeof(int));
    setsockopt(socket, IPPROTO_TCP, TCP_KEEPIDLE, &(int){5}, sizeof(int));
    setsockopt(socket, IPPROTO_TCP, TCP_KEEPINTVL, &(int){5}, sizeof(int));
    setsockopt(socket, IPPROTO_TCP, TCP_KEEPCNT, &(int){3}, sizeof(int));
}

static void accept_task(void *argument)
{
    int listener = *(int *)argument;
    for (;;) {
        visitor_t *visitor = malloc(sizeof(*visitor));
        if (visitor != NULL) {
            socklen_t length = sizeof(visitor->address);
            visitor->socket = accept(listener, (struct sockaddr *)&visitor->address, &length);
            if (visitor->socket >= 0) {
                watch_over(visitor->socket);
                if (xTaskCreate(visitor_task, "visitor", 3072, visitor, 5, NULL) == pdPASS) {
                    continue;
                }
                close(visitor->socket);
            }
        }
        printf("a client was lost: errno %d\n", errno);
        free(visitor);
        vTaskDelay(pdMS_TO_TICKS(200));
    }
}

void app_main(void)
{
    static int listener;
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);

    listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(3333)};
    if (listener < 0 || bind(listener, (struct sockaddr *)&any, sizeof(any)) != 0 || listen(listener, 5) != 0) {
        printf("cannot listen: errno %d\n", errno);
        return;
    }
    xTaskCreate(accept_task, "accept", 3072, &listener, 6, NULL);
}
