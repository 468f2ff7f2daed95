// SPDX-License-Identifier: Apache-2.0
// Submission: receives 8 bytes at a time and compares while it reads, so no line is ever stored; 16 KB of stack, high priority.
// verdict: pass

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

static const char *TAG = "matcher";

static const struct {
    const char *command;
    const char *answer;
} table[] = {
    {"GET_TEMP", "Temperature: 25.5 C\n"},
    {"GET_HUMIDITY", "Humidity: 45.2 %\n"},
};
#define ENTRIES (sizeof(table) / sizeof(table[0]))

// How far the line that is arriving agrees with each of the commands.
typedef struct {
    size_t position;
    bool agrees[ENTRIES];
    bool carriage_return;
} matcher_t;

static void matcher_reset(matcher_t *m)
{
    m->position = 0;
    m->carriage_return = false;
    for (size_t i = 0; i < ENTRIES; i++) {
        m->agrees[i] = true;
    }
}

static void matcher_byte(matcher_t *m, char byte)
{
    for (size_t i = 0; i < ENTRIES; i++) {
        // The end of the command is a zero, which no byte of a line may agree with.
        m->agrees[i] = m->agrees[i] && byte != '\0' && table[i].command[m->position] == byte;
    }
    m->position++;
}

static const char *matcher_result(const matcher_t *m)
{
    for (size_t i = 0; i < ENTRIES; i++) {
        if (m->agrees[i] && table[i].command[m->position] == '\0') {
            return table[i].answer;
        }
    }
    return "Unknown command\n";
}

static bool handle_byte(int client, matcher_t *m, char byte)
{
    if (byte == '\n') {
        const char *answer = matcher_result(m);
        matcher_reset(m);
        return send(client, answer, strlen(answer), 0) >= 0;
    }
    if (m->carriage_return) {
        matcher_byte(m, '\r');
    }
    m->carriage_return = byte == '\r';
    if (!m->carriage_return) {
        matcher_byte(m, byte);
    }
    return true;
}

static void serve(int client)
{
    matcher_t matcher;
    matcher_reset(&matcher);
    while (true) {
        char bytes[8];
        int count = recv(client, bytes, sizeof(bytes), 0);
        if (count <= 0) {
            ESP_LOGI(TAG, "client gone (%d, errno %d)", count, count < 0 ? errno : 0);
            return;
        }
        for (int i = 0; i < count; i++) {
            if (!handle_byte(client, &matcher, bytes[i])) {
                return;
            }
        }
    }
}

static void listen_and_serve(void *unused)
{
    (void)unused;
    int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(3333), .sin_addr = {htonl(INADDR_ANY)}};
    if (bind(listener, (struct sockaddr *)&address, sizeof(address)) == 0 && listen(listener, 3) == 0) {
        ESP_LOGI(TAG, "free stack: %u bytes", (unsigned)uxTaskGetStackHighWaterMark(NULL));
        while (true) {
            int client = accept(listener, NULL, NULL);
            if (client < 0) {
                ESP_LOGW(TAG, "accept: errno %d", errno);
                vTaskDelay(1);
                continue;
            }
            serve(client);
            close(client);
        }
    }
    ESP_LOGE(TAG, "errno %d", errno);
    close(listener);
    vTaskDelete(NULL);
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    xTaskCreate(listen_and_serve, "matcher", 16 * 1024, NULL, configMAX_PRIORITIES - 2, NULL);
}
