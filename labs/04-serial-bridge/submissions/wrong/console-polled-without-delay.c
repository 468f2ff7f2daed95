// SPDX-License-Identifier: Apache-2.0
// Submission: asks the console again and again, at a higher priority than what prints, and never waits.
// verdict: fail
// fails: printed, printed-at-once, server-closes, server-resets
// skips: both-ways, slow-reader, conversations
// hint: server-closes: never blocked
// hint: printed: One direction

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

#define SERVER_IP   "10.0.2.2"
#define SERVER_PORT 5000

static const char *TAG = "bridge";
static int sock = -1;

static bool send_all(const char *data, int length)
{
    while (length > 0) {
        int sent = send(sock, data, length, 0);
        if (sent < 0) {
            ESP_LOGE(TAG, "send failed: errno %d", errno);
            return false;
        }
        data += sent;
        length -= sent;
    }
    return true;
}

static void keyboard_task(void *arg)
{
    (void)arg;
    char line[128];
    int length = 0;
    while (1) {
        int c = getchar();
        if (c == EOF) {
            continue;
        }
        line[length++] = c;
        if (c == '\n' || length == sizeof(line)) {
            send_all(line, length);
            length = 0;
        }
    }
}

static void receive(void)
{
    char buffer[128];
    int len;
    while ((len = recv(sock, buffer, sizeof(buffer), 0)) > 0) {
        fwrite(buffer, 1, len, stdout);
        fflush(stdout);
    }
}

static void client_task(void *arg)
{
    (void)arg;
    struct sockaddr_in server = {
        .sin_family = AF_INET,
        .sin_port = htons(SERVER_PORT),
        .sin_addr.s_addr = inet_addr(SERVER_IP),
    };
    while (1) {
        sock = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
        if (sock >= 0 && connect(sock, (struct sockaddr *)&server, sizeof(server)) == 0) {
            break;
        }
        ESP_LOGE(TAG, "connect failed: errno %d", errno);
        close(sock);
        vTaskDelay(pdMS_TO_TICKS(1000));
    }
    ESP_LOGI(TAG, "Connected");
    xTaskCreate(keyboard_task, "keyboard", 3072, NULL, 6, NULL);
    receive();
    ESP_LOGI(TAG, "Connection closed");
    close(sock);
    vTaskDelete(NULL);
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    xTaskCreate(client_task, "client", 4096, NULL, 5, NULL);
}
