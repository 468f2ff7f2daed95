// SPDX-License-Identifier: Apache-2.0

// Exercise 4: a bridge between the serial monitor and a TCP server.
//
// Given: the network, a connection to the server, and a console whose input waits in a buffer until you read it.
// Yours: the three gaps below.

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

#define SERVER_ADDRESS "10.0.2.2"
#define SERVER_PORT    5000

static const char *TAG = "serial_bridge";

// Connects to the server; -1 when that fails.
static int connect_to_server(void)
{
    int server = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
    if (server < 0) {
        ESP_LOGE(TAG, "Unable to create socket: errno %d", errno);
        return -1;
    }
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_addr.s_addr = inet_addr(SERVER_ADDRESS),
        .sin_port = htons(SERVER_PORT),
    };
    if (connect(server, (struct sockaddr *)&address, sizeof(address)) != 0) {
        ESP_LOGE(TAG, "Unable to connect: errno %d", errno);
        close(server);
        return -1;
    }
    ESP_LOGI(TAG, "Connected to %s:%d", SERVER_ADDRESS, SERVER_PORT);
    return server;
}

static void bridge_task(void *arg)
{
    (void)arg;
    while (1) {
        int server = connect_to_server();
        if (server < 0) {
            vTaskDelay(pdMS_TO_TICKS(2000));
            continue;
        }

        // GAP 1: what is typed goes to the server, line by line. uart_read_bytes(UART_NUM_0, …) gives you what has been typed.
        //
        // GAP 2: what the server sends is printed at once.
        //
        // Both may happen at any time: while you wait for the one, the other must not be kept waiting. You may want a second
        // task, or calls that do not wait, or select().
        while (1) {
            vTaskDelay(pdMS_TO_TICKS(1000));
        }

        // GAP 3: the server has closed the connection. How do you notice, and what has to be done before the next attempt?
    }
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();

    EventBits_t bits = xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    if (bits & WIFI_CONNECTED_BIT) {
        ESP_ERROR_CHECK(uart_driver_install(UART_NUM_0, 1024, 0, 0, NULL, 0));
        xTaskCreate(bridge_task, "bridge", 4096, NULL, 5, NULL);
    }
}
