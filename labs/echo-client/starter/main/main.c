// SPDX-License-Identifier: Apache-2.0

// Example 1: a client of an echo server.
//
// Given: the network, a task, and the lookup of the server's name.
// Yours: the three gaps below. The chapter's listing has one way to fill them.

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

#define SERVER_NAME "tcpbin.com"
#define SERVER_PORT 4242

static const char *TAG = "echo_client";

// Looks the server's address up. False if DNS does not know it.
static bool look_up(struct sockaddr_in *server)
{
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    int error = getaddrinfo(SERVER_NAME, NULL, &hints, &found);
    if (error != 0 || found == NULL) {
        ESP_LOGE(TAG, "DNS lookup of %s failed: %d", SERVER_NAME, error);
        return false;
    }
    memcpy(server, found->ai_addr, sizeof(*server));
    server->sin_port = htons(SERVER_PORT);
    freeaddrinfo(found);
    ESP_LOGI(TAG, "%s is %s", SERVER_NAME, inet_ntoa(server->sin_addr));
    return true;
}

// A socket that is connected to the server, or -1.
static int connect_to(const struct sockaddr_in *server)
{
    // GAP 1: open a socket and connect it. What has to be done with a socket that could not be connected?
    (void)server;
    return -1;
}

// Sends three messages and logs the echo of each.
static void talk(int sock)
{
    // GAP 2: three lines, such as "Hello from ESP32! Message #0\r\n". recv() tells what came back, or that the server has
    // closed the connection, or that it broke.
    (void)sock;
}

static void client_task(void *arg)
{
    (void)arg;

    struct sockaddr_in server;
    if (!look_up(&server)) {
        vTaskDelete(NULL);
    }
    while (1) {
        int sock = connect_to(&server);
        if (sock >= 0) {
            ESP_LOGI(TAG, "Connected");
            talk(sock);
            // GAP 3: the conversation is over. What has to happen before the next one?
        }
        vTaskDelay(pdMS_TO_TICKS(4000));
    }
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
