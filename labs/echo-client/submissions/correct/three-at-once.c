// SPDX-License-Identifier: Apache-2.0
// Submission: sends its three lines without waiting, then takes the echoes apart; heap buffers, static task, log per line.
// verdict: pass

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "esp_random.h"
#include "nvs_flash.h"
#include "lwip/netdb.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

#define HOST  "tcpbin.com"
#define PORT  4242
#define LINES 3

static const char *TAG = "burst";
static StaticTask_t task;
static StackType_t stack[6144];

static void receive_echoes(int sock)
{
    size_t size = 512, used = 0;
    char *text = malloc(size);
    int lines = 0;
    while (lines < LINES) {
        int len = recv(sock, text + used, size - 1 - used, 0);
        if (len <= 0) {
            ESP_LOGE(TAG, "the server left after %d lines (errno %d)", lines, len < 0 ? errno : 0);
            break;
        }
        used += len;
        text[used] = '\0';
        char *end;
        while ((end = strchr(text, '\n')) != NULL) {
            *end = '\0';
            ESP_LOGI(TAG, "echo %d: %s", ++lines, text);
            used -= end + 1 - text;
            memmove(text, end + 1, used + 1);
        }
    }
    free(text);
}

static bool one_round(struct sockaddr_in server)
{
    int sock = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    if (sock < 0) {
        ESP_LOGE(TAG, "no socket: errno %d", errno);
        return false;
    }
    if (connect(sock, (struct sockaddr *)&server, sizeof(server)) != 0) {
        ESP_LOGE(TAG, "no connection: errno %d", errno);
        close(sock);
        return false;
    }
    char *message = NULL;
    bool sent = true;
    for (int i = 0; i < LINES && sent; i++) {
        int length = asprintf(&message, "reading %lu\r\n", (unsigned long)esp_random());
        sent = send(sock, message, length, 0) == length;
        free(message);
    }
    if (sent) {
        receive_echoes(sock);
    }
    shutdown(sock, SHUT_WR);
    close(sock);
    return sent;
}

static void client(void *arg)
{
    (void)arg;
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    struct hostent *host = gethostbyname(HOST);
    if (host == NULL) {
        ESP_LOGE(TAG, "%s has no address", HOST);
        vTaskDelete(NULL);
        return;
    }
    memcpy(&server.sin_addr, host->h_addr, sizeof(server.sin_addr));
    for (;;) {
        bool good = one_round(server);
        vTaskDelay(pdMS_TO_TICKS(good ? 4000 : 1000));
    }
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    xTaskCreateStatic(client, "client", sizeof(stack), NULL, 6, stack, &task);
}
