// SPDX-License-Identifier: Apache-2.0

// Exercise 1: an HTTP GET client.
//
// Given: the network, a task, and a function that sends all of a text.
// Yours: the three gaps below, in the order in which the program comes to them.

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/netdb.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

#define SERVER_NAME "httpbin.org"
#define SERVER_PORT 80

static const char *TAG = "http_get";

// The request, line by line. Is it complete?
static const char *REQUEST = "GET /ip HTTP/1.1\r\n";

// A socket that is connected to the server, or -1.
static int connect_to_server(void)
{
    // GAP 1: ask DNS for the address of SERVER_NAME, and connect a socket to port SERVER_PORT there.
    //
    // Each of the calls can fail. Say so on the serial monitor, give back what has been opened, and return -1.
    ESP_LOGE(TAG, "Connecting to %s:%d is not written yet", SERVER_NAME, SERVER_PORT);
    return -1;
}

// Sends all of a text. False if the connection is broken.
static bool send_text(int sock, const char *text)
{
    size_t left = strlen(text);
    while (left > 0) {
        int sent = send(sock, text, left, 0);
        if (sent < 0) {
            ESP_LOGE(TAG, "Error occurred during sending: errno %d", errno);
            return false;
        }
        text += sent;
        left -= sent;
    }
    return true;
}

// Prints everything that the server sends.
static void print_response(int sock)
{
    // GAP 2: receive and print until the server has closed the connection.
    //
    // The response may come in one piece or in a hundred, and may be longer than any buffer of yours.
    (void)sock;
}

static void client_task(void *arg)
{
    (void)arg;

    int sock = connect_to_server();
    if (sock >= 0) {
        ESP_LOGI(TAG, "Connected");
        if (send_text(sock, REQUEST)) {
            print_response(sock);
        }
        // GAP 3: what has to be given back?
    }
    vTaskDelete(NULL);
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();

    EventBits_t bits = xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    if (bits & WIFI_CONNECTED_BIT) {
        xTaskCreate(client_task, "client", 4096, NULL, 5, NULL);
    }
}
