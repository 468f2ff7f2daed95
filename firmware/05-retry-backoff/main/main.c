// SPDX-License-Identifier: Apache-2.0

/**
 * Exercise 5: a client that tries again, and leaves the server more time after each failure.
 *
 * Five attempts in all. Before the second it waits 1 s, and before each further one twice as long as before the last:
 * 1, 2, 4, 8 s. A socket whose connect() has failed is of no more use: each attempt gets a new one.
 */

#include <errno.h>
#include <stdint.h>
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
#define ATTEMPTS 5
#define FIRST_DELAY_MS 1000
#define RECEIVE_SIZE 128

static const char *TAG = "retry_backoff";

/** One attempt to reach the host's first address; -1 when it fails. */
static int connect_once(void)
{
    const struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
    struct addrinfo *address = NULL;
    int error = getaddrinfo(HOST, PORT, &hints, &address);
    if (error != 0 || address == NULL) {
        ESP_LOGW(TAG, "DNS lookup of %s failed: %d", HOST, error);
        return -1;
    }
    int connection = socket(address->ai_family, address->ai_socktype, address->ai_protocol);
    if (connection < 0) {
        ESP_LOGW(TAG, "socket failed: errno %d", errno);
    } else if (connect(connection, address->ai_addr, address->ai_addrlen) != 0) {
        ESP_LOGW(TAG, "connect failed: errno %d", errno);
        close(connection);
        connection = -1;
    }
    freeaddrinfo(address);
    return connection;
}

/** Tries until an attempt succeeds or all have been made; -1 then. */
static int connect_with_backoff(void)
{
    uint32_t delay_ms = FIRST_DELAY_MS;
    for (int attempt = 1;; attempt++) {
        ESP_LOGI(TAG, "Attempt %d of %d: connecting to %s:%s", attempt, ATTEMPTS, HOST, PORT);
        int connection = connect_once();
        if (connection >= 0 || attempt == ATTEMPTS) {
            return connection;
        }
        ESP_LOGI(TAG, "Waiting %u ms before the next attempt", (unsigned)delay_ms);
        vTaskDelay(pdMS_TO_TICKS(delay_ms));
        delay_ms *= 2;
    }
}

/** Greets the server and logs what comes back, until the server goes. */
static void talk(int connection)
{
    static const char GREETING[] = "Hello from ESP32!\r\n";
    if (send(connection, GREETING, strlen(GREETING), 0) < 0) {
        ESP_LOGE(TAG, "send failed: errno %d", errno);
        return;
    }
    char received[RECEIVE_SIZE];
    ssize_t count;
    while ((count = recv(connection, received, sizeof(received), 0)) > 0) {
        ESP_LOGI(TAG, "Received: %.*s", (int)count, received);
    }
    ESP_LOGI(TAG, "The server has gone");
}

static void retry_backoff_task(void *argument)
{
    int connection = connect_with_backoff();
    if (connection >= 0) {
        ESP_LOGI(TAG, "Connected");
        talk(connection);
        close(connection);
    } else {
        ESP_LOGE(TAG, "No connection after %d attempts: giving up", ATTEMPTS);
    }
    vTaskDelete(NULL);
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    EventBits_t bits = xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    if (bits & WIFI_CONNECTED_BIT) {
        xTaskCreate(retry_backoff_task, "retry_backoff", 4096, NULL, 5, NULL);
    }
}
