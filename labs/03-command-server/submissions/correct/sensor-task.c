// SPDX-License-Identifier: Apache-2.0
// Submission: a sensor task hands new values over in a queue of one, the server peeks at them; sockets have receive timeouts.
// verdict: pass

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/queue.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "esp_random.h"
#include "esp_system.h"
#include "esp_timer.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

static const char *TAG = "sensor-server";

typedef struct {
    double celsius;
    double percent;
    int64_t taken_at; // microseconds since boot
} sample_t;

static QueueHandle_t latest;

static void sensor_task(void *arg)
{
    (void)arg;
    TickType_t wake = xTaskGetTickCount();
    while (true) {
        sample_t sample = {
            .celsius = 20.0 + esp_random() % 100 / 10.0,
            .percent = 40.0 + esp_random() % 200 / 10.0,
            .taken_at = esp_timer_get_time(),
        };
        xQueueOverwrite(latest, &sample);
        vTaskDelayUntil(&wake, pdMS_TO_TICKS(250));
    }
}

static int make_answer(const char *command, char *answer, size_t size)
{
    sample_t sample;
    xQueuePeek(latest, &sample, portMAX_DELAY);
    ESP_LOGI(TAG, "'%s', sample is %" PRId64 " us old, %" PRIu32 " bytes free", command,
             esp_timer_get_time() - sample.taken_at, (uint32_t)esp_get_free_heap_size());
    if (strcmp(command, "GET_TEMP") == 0) {
        return snprintf(answer, size, "Temperature: %.2f C\n", sample.celsius);
    }
    if (strcmp(command, "GET_HUMIDITY") == 0) {
        return snprintf(answer, size, "Humidity: %.1f %%\n", sample.percent);
    }
    return snprintf(answer, size, "Unknown command\n");
}

static void serve(int client)
{
    struct timeval timeout = {.tv_sec = 0, .tv_usec = 400000};
    setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout));

    char line[64], answer[64];
    size_t length = 0;
    bool too_long = false;
    while (true) {
        char byte;
        int n = recv(client, &byte, 1, 0);
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            continue; // nothing new yet
        }
        if (n <= 0) {
            ESP_LOGI(TAG, "client has gone: %s", n == 0 ? "closed" : strerror(errno));
            return;
        }
        if (byte == '\n') {
            line[length] = '\0';
            length = 0;
            int size = make_answer(too_long ? "" : line, answer, sizeof(answer));
            too_long = false;
            if (send(client, answer, size, 0) < size) {
                return;
            }
        } else if (length == sizeof(line) - 1) {
            too_long = true;
        } else if (byte != '\r') {
            line[length++] = byte;
        }
    }
}

static void server_task(void *arg)
{
    (void)arg;
    int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(3333), .sin_addr.s_addr = htonl(INADDR_ANY)};
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof(address)) || listen(listener, 2)) {
        ESP_LOGE(TAG, "errno %d, starting again", errno);
        vTaskDelay(pdMS_TO_TICKS(1000));
        esp_restart();
    }
    while (true) {
        int client = accept(listener, NULL, NULL);
        if (client >= 0) {
            serve(client);
            close(client);
        }
    }
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    latest = xQueueCreate(1, sizeof(sample_t));
    xTaskCreate(sensor_task, "sensor", 2560, NULL, 2, NULL);

    connect_wifi_sta();
    if (xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, pdMS_TO_TICKS(30000)) &
        WIFI_CONNECTED_BIT) {
        xTaskCreate(server_task, "server", 5000, NULL, 5, NULL);
    }
}
