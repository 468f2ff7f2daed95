// SPDX-License-Identifier: Apache-2.0
// Submission: looks the name up for each connection, and never gives the answer back: nothing of that shows within minutes.
// verdict: pass
// says: freeaddrinfo() nowhere
// says: runs out of it

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "connect_wifi_sta.h"
#include "esp_err.h"
#include "esp_log.h"
#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"
#include "freertos/task.h"
#include "lwip/netdb.h"
#include "lwip/sockets.h"
#include "nvs_flash.h"

#define HOST "tcpbin.com"
#define PORT "4242"
#define MESSAGES 3
#define MESSAGE_SIZE 64
#define MESSAGE_PAUSE_MS 1000
#define RECONNECT_PAUSE_MS 3000

static const char *TAG = "client";

static int connect_to_host(void)
{
    const struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
    struct addrinfo *address = NULL;
    int error = getaddrinfo(HOST, PORT, &hints, &address);
    if (error != 0 || address == NULL) {
        ESP_LOGE(TAG, "DNS lookup of %s failed: %d", HOST, error);
        return -1;
    }
    int connection = socket(address->ai_family, address->ai_socktype, address->ai_protocol);
    if (connection < 0) {
        ESP_LOGE(TAG, "socket failed: errno %d", errno);
    } else if (connect(connection, address->ai_addr, address->ai_addrlen) != 0) {
        ESP_LOGE(TAG, "Connecting to %s:%s failed: errno %d", HOST, PORT, errno);
        close(connection);
        connection = -1;
    } else {
        ESP_LOGI(TAG, "Connected to %s (%s) port %s", HOST,
                 inet_ntoa(((struct sockaddr_in *)address->ai_addr)->sin_addr), PORT);
    }
    return connection;
}

static bool send_all(int connection, const char *data, size_t length)
{
    while (length > 0) {
        ssize_t sent = send(connection, data, length, 0);
        if (sent < 0) {
            ESP_LOGE(TAG, "send failed: errno %d", errno);
            return false;
        }
        data += sent;
        length -= sent;
    }
    return true;
}

static bool receive_all(int connection, char *data, size_t length)
{
    while (length > 0) {
        ssize_t count = recv(connection, data, length, 0);
        if (count == 0) {
            ESP_LOGW(TAG, "The server has closed the connection");
            return false;
        }
        if (count < 0) {
            ESP_LOGE(TAG, "recv failed: errno %d", errno);
            return false;
        }
        data += count;
        length -= count;
    }
    return true;
}

static void talk(int connection)
{
    for (int number = 1; number <= MESSAGES; number++) {
        char message[MESSAGE_SIZE];
        char echo[MESSAGE_SIZE];
        int length = snprintf(message, sizeof(message), "Hello from ESP32! Message #%d\r\n", number);
        if (!send_all(connection, message, length) || !receive_all(connection, echo, length)) {
            return;
        }
        ESP_LOGI(TAG, "Echo: %.*s", (int)(length - strlen("\r\n")), echo);
        vTaskDelay(pdMS_TO_TICKS(MESSAGE_PAUSE_MS));
    }
}

static void echo_client_task(void *argument)
{
    for (;;) {
        int connection = connect_to_host();
        if (connection >= 0) {
            talk(connection);
            close(connection);
        }
        vTaskDelay(pdMS_TO_TICKS(RECONNECT_PAUSE_MS));
    }
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    EventBits_t bits = xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    if (bits & WIFI_CONNECTED_BIT) {
        xTaskCreate(echo_client_task, "echo_client", 4096, NULL, 5, NULL);
    }
}
