// SPDX-License-Identifier: Apache-2.0
// Submission: a task for each direction; uart_read_bytes() and uart_write_bytes(); connects again when the server has gone.
// verdict: pass

#include <errno.h>
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
static volatile int sock = -1;

static void send_line(const char *line, size_t length)
{
    size_t done = 0;
    while (done < length) {
        int n = sock < 0 ? -1 : send(sock, line + done, length - done, 0);
        if (n < 0) {
            ESP_LOGW(TAG, "%d bytes were not sent: there is no connection", (int)(length - done));
            return;
        }
        done += n;
    }
}

static void uart_to_tcp(void *arg)
{
    (void)arg;
    static char line[200];
    size_t length = 0;
    while (1) {
        uint8_t byte;
        if (uart_read_bytes(UART_NUM_0, &byte, 1, portMAX_DELAY) != 1) {
            continue;
        }
        line[length++] = byte == '\r' ? '\n' : byte;
        if (line[length - 1] == '\n' || length == sizeof(line)) {
            send_line(line, length);
            length = 0;
        }
    }
}

static int dial(void)
{
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(SERVER_PORT)};
    inet_pton(AF_INET, SERVER_IP, &server.sin_addr);
    int s = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
    if (s < 0) {
        return -1;
    }
    if (connect(s, (struct sockaddr *)&server, sizeof(server)) != 0) {
        ESP_LOGE(TAG, "connect failed: errno %d", errno);
        close(s);
        return -1;
    }
    ESP_LOGI(TAG, "connected");
    return s;
}

static void tcp_to_uart(void *arg)
{
    (void)arg;
    uint8_t buffer[128];
    while (1) {
        int s = dial();
        if (s < 0) {
            vTaskDelay(pdMS_TO_TICKS(3000));
            continue;
        }
        sock = s;
        int count;
        while ((count = recv(s, buffer, sizeof(buffer), 0)) > 0) {
            uart_write_bytes(UART_NUM_0, buffer, count);
        }
        ESP_LOGW(TAG, "disconnected (%s)", count == 0 ? "closed" : strerror(errno));
        sock = -1;
        shutdown(s, SHUT_RDWR);
        close(s);
        vTaskDelay(pdMS_TO_TICKS(1000));
    }
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);

    ESP_ERROR_CHECK(uart_driver_install(UART_NUM_0, 2048, 0, 0, NULL, 0));
    xTaskCreate(tcp_to_uart, "tcp_to_uart", 4096, NULL, 5, NULL);
    xTaskCreate(uart_to_tcp, "uart_to_tcp", 4096, NULL, 5, NULL);
}
