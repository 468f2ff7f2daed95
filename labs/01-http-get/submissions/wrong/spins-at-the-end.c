// SPDX-License-Identifier: Apache-2.0
// Submission: right in all it sends and prints, but when it is done its task goes round in an empty loop.
// verdict: fail
// fails: closes
// hint: closes: never blocked

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

#define HOST "httpbin.org"
#define PORT "80"
#define PATH "/ip"
#define RECEIVE_SIZE 512

// A server that says nothing for so long is given up.
#define TIMEOUT_SECONDS 20

static const char *TAG = "http_get";

static const char REQUEST[] = "GET " PATH " HTTP/1.1\r\n"
                              "Host: " HOST "\r\n"
                              "Connection: close\r\n"
                              "\r\n";

/** Connects to the first address of the host that answers; -1 when none does. */
static int connect_to_host(void)
{
    const struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
    struct addrinfo *addresses = NULL;
    int error = getaddrinfo(HOST, PORT, &hints, &addresses);
    if (error != 0 || addresses == NULL) {
        ESP_LOGE(TAG, "DNS lookup of %s failed: %d", HOST, error);
        return -1;
    }
    int connection = -1;
    for (const struct addrinfo *one = addresses; one != NULL && connection < 0; one = one->ai_next) {
        connection = socket(one->ai_family, one->ai_socktype, one->ai_protocol);
        if (connection < 0) {
            ESP_LOGE(TAG, "socket failed: errno %d", errno);
            break;
        }
        const char *address = inet_ntoa(((struct sockaddr_in *)one->ai_addr)->sin_addr);
        if (connect(connection, one->ai_addr, one->ai_addrlen) == 0) {
            ESP_LOGI(TAG, "Connected to %s (%s) port %s", HOST, address, PORT);
        } else {
            ESP_LOGE(TAG, "Connecting to %s (%s) port %s failed: errno %d", HOST, address, PORT, errno);
            close(connection);
            connection = -1;
        }
    }
    freeaddrinfo(addresses);
    return connection;
}

/** Sends everything, however little one send() takes. False when the connection is broken. */
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

/** Prints what arrives until the server closes the connection. */
static void print_response(int connection)
{
    char received[RECEIVE_SIZE];
    size_t total = 0;
    ssize_t count;
    while ((count = recv(connection, received, sizeof(received), 0)) > 0) {
        fwrite(received, 1, count, stdout); // not a string: nothing ends it with a NUL
        total += count;
    }
    if (count < 0) {
        ESP_LOGE(TAG, "recv failed: errno %d", errno);
    }
    ESP_LOGI(TAG, "The response had %u bytes", (unsigned)total);
}

static void http_get_task(void *argument)
{
    int connection = connect_to_host();
    if (connection >= 0) {
        const struct timeval timeout = {.tv_sec = TIMEOUT_SECONDS};
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout));
        if (send_all(connection, REQUEST, sizeof(REQUEST) - 1)) { // without the NUL
            print_response(connection);
        }
        close(connection);
    }
    for (;;) {
    }
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    EventBits_t bits = xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    if (bits & WIFI_CONNECTED_BIT) {
        xTaskCreate(http_get_task, "http_get", 4096, NULL, 5, NULL);
    }
}
