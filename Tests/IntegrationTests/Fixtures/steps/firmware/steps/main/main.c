// SPDX-License-Identifier: Apache-2.0
// What the steps of a lab are tried on: a client that dials 10.0.2.2:5000, waits 1, 2, 4 ... seconds after failures and passes
// bytes between the connection and UART0; what begins to compute at a `!` typed without a connection; and a server on port 3333 that echoes and logs who came.

#include <errno.h>
#include <string.h>

#include "driver/uart.h"
#include "esp_log.h"
#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"
#include "freertos/task.h"
#include "lwip/netdb.h"
#include "lwip/sockets.h"
#include "nvs_flash.h"

#include "connect_wifi_sta.h"

static const char *TAG = "steps";
static volatile int dialled = -1;

static void send_all(int sock, const char *data, int length)
{
    while (length > 0) {
        int sent = send(sock, data, length, 0);
        if (sent < 0) {
            return;
        }
        data += sent;
        length -= sent;
    }
}

static int dial(void)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons(5000),
        .sin_addr.s_addr = inet_addr("10.0.2.2"),
    };
    int sock = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(sock, (struct sockaddr *)&address, sizeof(address)) != 0) {
        ESP_LOGE(TAG, "connect failed: errno %d", errno);
        close(sock);
        return -1;
    }
    return sock;
}

static void client_task(void *arg)
{
    int delay = 1;
    (void)arg;
    while (1) {
        int sock = dial();
        if (sock < 0) {
            ESP_LOGI(TAG, "retry in %d s", delay);
            vTaskDelay(pdMS_TO_TICKS(delay * 1000));
            delay *= 2;
            continue;
        }
        delay = 1;
        ESP_LOGI(TAG, "connected");
        send_all(sock, "HELLO\n", 6);
        dialled = sock;
        char buffer[512];
        int count;
        while ((count = recv(sock, buffer, sizeof(buffer), 0)) > 0) {
            uart_write_bytes(UART_NUM_0, buffer, count);
        }
        ESP_LOGI(TAG, "ended: %d", count);
        dialled = -1;
        close(sock);
        vTaskDelay(pdMS_TO_TICKS(500));
    }
}

// The watchdog does not mind: the idle task, of the same priority, gets its turn.
static void busy_task(void *arg)
{
    (void)arg;
    while (1) {
        taskYIELD();
    }
}

static void console_task(void *arg)
{
    char buffer[128];
    (void)arg;
    while (1) {
        int count = uart_read_bytes(UART_NUM_0, buffer, 1, portMAX_DELAY);
        if (count > 0 && dialled >= 0) {
            send_all(dialled, buffer, count);
        } else if (count > 0 && buffer[0] == '!') {
            xTaskCreate(busy_task, "busy", 2048, NULL, tskIDLE_PRIORITY, NULL);
        }
    }
}

static void server_task(void *arg)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(3333)};
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    (void)arg;
    bind(listener, (struct sockaddr *)&address, sizeof(address));
    listen(listener, 4);
    while (1) {
        struct sockaddr_in peer;
        socklen_t length = sizeof(peer);
        int sock = accept(listener, (struct sockaddr *)&peer, &length);
        ESP_LOGI(TAG, "client %s port %d", inet_ntoa(peer.sin_addr), ntohs(peer.sin_port));
        char buffer[512];
        int count;
        while ((count = recv(sock, buffer, sizeof(buffer), 0)) > 0) {
            send_all(sock, buffer, count);
        }
        ESP_LOGI(TAG, "client left: %d", count);
        close(sock);
    }
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    ESP_ERROR_CHECK(uart_driver_install(UART_NUM_0, 8192, 0, 0, NULL, 0));
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    ESP_LOGI(TAG, "lookup %s", gethostbyname("example.test") ? "found" : "failed");
    xTaskCreate(server_task, "server", 4096, NULL, 5, NULL);
    xTaskCreate(console_task, "console", 4096, NULL, 5, NULL);
    xTaskCreate(client_task, "client", 4096, NULL, 5, NULL);
}
