// SPDX-License-Identifier: Apache-2.0

// Exercise 5: a client that tries again, and waits longer each time.
//
// Given: the network, a task, the lookup of the server's name, and one attempt to connect.
// Yours: the gap below.

#include <errno.h>
#include <stdbool.h>
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

static const char *TAG = "retry_backoff";

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
    return true;
}

// One attempt: a socket that is connected to the server, or -1.
static int try_to_connect(const struct sockaddr_in *server)
{
    int sock = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
    if (sock < 0) {
        ESP_LOGW(TAG, "Unable to create socket: errno %d", errno);
        return -1;
    }
    if (connect(sock, (const struct sockaddr *)server, sizeof(*server)) != 0) {
        ESP_LOGW(TAG, "Socket connect failed: errno %d", errno);
        close(sock);
        return -1;
    }
    return sock;
}

// A socket that is connected to the server, or -1 when no attempt succeeded.
static int connect_with_backoff(const struct sockaddr_in *server)
{
    // GAP: try up to five times. Wait 1 second before the first retry, 2 before the second, 4 before the third, and so on.
    // Log each attempt and each delay.
    return try_to_connect(server);
}

static void client_task(void *arg)
{
    (void)arg;

    struct sockaddr_in server;
    if (look_up(&server)) {
        int sock = connect_with_backoff(&server);
        if (sock >= 0) {
            const char *greeting = "Hello from ESP32!\r\n";
            char answer[128];
            ESP_LOGI(TAG, "Connected");
            send(sock, greeting, strlen(greeting), 0);
            int length = recv(sock, answer, sizeof(answer), 0);
            ESP_LOGI(TAG, "Received: %.*s", length > 0 ? length : 0, answer);
            close(sock);
        }
        // GAP: and if there was no connection?
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
