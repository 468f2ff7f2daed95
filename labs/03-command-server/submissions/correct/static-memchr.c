// SPDX-License-Identifier: Apache-2.0
// Submission: a static buffer, memchr() and a table of functions; other numbers, with a negative temperature.
// verdict: pass

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_check.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

static const char *TAG = "cmd";

static char s_buffer[200];
static size_t s_fill;

static int get_temp(char *out, size_t size)
{
    const int hundredths = -325;
    return snprintf(out, size, "Temperature: %d.%02d C\n", hundredths / 100, -hundredths % 100);
}

static int get_humidity(char *out, size_t size)
{
    return snprintf(out, size, "Humidity: %u.%u %%\n", 99u, 9u);
}

static int unknown(char *out, size_t size)
{
    return snprintf(out, size, "Unknown command\n");
}

typedef int (*handler_t)(char *out, size_t size);

static const struct {
    const char *name;
    handler_t handler;
} s_commands[] = {
    {"GET_TEMP", get_temp},
    {"GET_HUMIDITY", get_humidity},
};

static handler_t find_handler(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof(s_commands) / sizeof(s_commands[0]); i++) {
        if (strlen(s_commands[i].name) == length && memcmp(s_commands[i].name, name, length) == 0) {
            return s_commands[i].handler;
        }
    }
    ESP_LOGW(TAG, "unknown: %.*s", (int)length, name);
    return unknown;
}

static esp_err_t execute(int sock, const char *line, size_t length)
{
    char out[40];
    int n = find_handler(line, length)(out, sizeof(out));
    ESP_RETURN_ON_FALSE(send(sock, out, n, 0) == n, ESP_FAIL, TAG, "send: errno %d", errno);
    return ESP_OK;
}

static esp_err_t consume(int sock)
{
    const char *line = s_buffer;
    const char *stop = s_buffer + s_fill;
    const char *lf;
    while ((lf = memchr(line, '\n', stop - line)) != NULL) {
        size_t length = lf - line;
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        ESP_RETURN_ON_ERROR(execute(sock, line, length), TAG, "client lost");
        line = lf + 1;
    }
    s_fill = stop - line;
    memmove(s_buffer, line, s_fill);
    ESP_RETURN_ON_FALSE(s_fill < sizeof(s_buffer), ESP_FAIL, TAG, "line too long");
    return ESP_OK;
}

static void session(int sock)
{
    s_fill = 0;
    for (;;) {
        int n = recv(sock, s_buffer + s_fill, sizeof(s_buffer) - s_fill, 0);
        if (n < 0) {
            ESP_LOGE(TAG, "recv: errno %d", errno);
            return;
        }
        if (n == 0) {
            return;
        }
        s_fill += n;
        if (consume(sock) != ESP_OK) {
            return;
        }
    }
}

static esp_err_t open_server(int *result)
{
    esp_err_t ret = ESP_OK;
    struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(3333), .sin_addr.s_addr = htonl(INADDR_ANY)};
    int sock = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    ESP_RETURN_ON_FALSE(sock >= 0, ESP_FAIL, TAG, "socket: errno %d", errno);
    ESP_GOTO_ON_FALSE(bind(sock, (struct sockaddr *)&addr, sizeof(addr)) == 0, ESP_FAIL, fail, TAG, "bind: errno %d", errno);
    ESP_GOTO_ON_FALSE(listen(sock, 4) == 0, ESP_FAIL, fail, TAG, "listen: errno %d", errno);
    *result = sock;
    return ESP_OK;
fail:
    close(sock);
    return ret;
}

static void cmd_task(void *arg)
{
    (void)arg;
    int server = -1;
    ESP_ERROR_CHECK(open_server(&server));
    for (;;) {
        int sock = accept(server, NULL, NULL);
        if (sock < 0) {
            ESP_LOGE(TAG, "accept: errno %d", errno);
            vTaskDelay(pdMS_TO_TICKS(500));
            continue;
        }
        session(sock);
        close(sock);
    }
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    xTaskCreate(cmd_task, "cmd", 3584, NULL, 10, NULL);
}
