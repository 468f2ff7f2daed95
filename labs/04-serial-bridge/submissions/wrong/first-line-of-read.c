// SPDX-License-Identifier: Apache-2.0
// Submission: reads what has been typed in one go, and sends only the first line of it.
// verdict: fail
// fails: typed-slowly, lines-in-order, both-ways, slow-reader
// skips: conversations
// hint: lines-in-order: three

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "driver/uart.h"
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
    static char typed[513];
    while (1) {
        int count = uart_read_bytes(UART_NUM_0, typed, sizeof(typed) - 1, pdMS_TO_TICKS(100));
        if (count <= 0) {
            continue;
        }
        typed[count] = 0;
        char *end = strchr(typed, '\n');
        if (end != NULL) {
            send_all(typed, end + 1 - typed);
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
    xTaskCreate(keyboard_task, "keyboard", 3072, NULL, 5, NULL);
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
    ESP_ERROR_CHECK(uart_driver_install(UART_NUM_0, 1024, 0, 0, NULL, 0));
    xTaskCreate(client_task, "client", 4096, NULL, 5, NULL);
}
