// SPDX-License-Identifier: Apache-2.0

/**
 * Exercise 2: the echo server, which now says who comes and who leaves.
 *
 * accept() fills in the client's address and port. Both are kept as long as the client is served: they are what tells one
 * client from another when it leaves, and the only thing about it that is still known when it has vanished.
 */

#include <errno.h>
#include <stdbool.h>

#include "connect_wifi_sta.h"
#include "esp_err.h"
#include "esp_log.h"
#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"
#include "freertos/task.h"
#include "lwip/sockets.h"
#include "nvs_flash.h"

#define PORT 3333
#define BACKLOG 4 // clients that wait while another is being served
#define BUFFER_SIZE 512

// A client that vanishes without a word is given up after 5 + 3 * 5 seconds.
#define KEEPALIVE_IDLE 5
#define KEEPALIVE_INTERVAL 5
#define KEEPALIVE_COUNT 3

static const char *TAG = "client_logging";

/** A client that is being served. */
struct client {
    int socket;
    char address[16]; // "255.255.255.255"
    uint16_t port;    // in host byte order
};

/** Sends everything, however little one send() takes. False when the connection is broken. */
static bool send_all(int socket, const char *data, size_t length)
{
    while (length > 0) {
        ssize_t sent = send(socket, data, length, 0);
        if (sent < 0) {
            return false;
        }
        data += sent;
        length -= sent;
    }
    return true;
}

/** Sends back what the client sends until it leaves; 0 when it closed the connection, else the errno. */
static int serve(const struct client *client)
{
    char buffer[BUFFER_SIZE];
    for (;;) {
        ssize_t count = recv(client->socket, buffer, sizeof(buffer), 0);
        if (count == 0) {
            return 0;
        }
        if (count < 0 || !send_all(client->socket, buffer, count)) {
            return errno;
        }
    }
}

/** Waits for a client. False when accept() failed. */
static bool next_client(int listener, struct client *client)
{
    struct sockaddr_in peer;
    socklen_t peer_length = sizeof(peer); // accept() wants to know the room and tells the length: set anew for each call
    client->socket = accept(listener, (struct sockaddr *)&peer, &peer_length);
    if (client->socket < 0) {
        return false;
    }
    inet_ntoa_r(peer.sin_addr, client->address, sizeof(client->address));
    client->port = ntohs(peer.sin_port);
    return true;
}

static void notice_vanished_client(int socket)
{
    int on = 1;
    int idle = KEEPALIVE_IDLE;
    int interval = KEEPALIVE_INTERVAL;
    int count = KEEPALIVE_COUNT;
    setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
    setsockopt(socket, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof(idle));
    setsockopt(socket, IPPROTO_TCP, TCP_KEEPINTVL, &interval, sizeof(interval));
    setsockopt(socket, IPPROTO_TCP, TCP_KEEPCNT, &count, sizeof(count));
}

/** Opens the listening socket; -1 when that fails. */
static int open_listener(void)
{
    int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
    if (listener < 0) {
        ESP_LOGE(TAG, "Unable to create socket: errno %d", errno);
        return -1;
    }
    int on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_ANY),
        .sin_port = htons(PORT),
    };
    if (bind(listener, (struct sockaddr *)&address, sizeof(address)) != 0 || listen(listener, BACKLOG) != 0) {
        ESP_LOGE(TAG, "Listening on port %d failed: errno %d", PORT, errno);
        close(listener);
        return -1;
    }
    ESP_LOGI(TAG, "Socket listening...");
    return listener;
}

static void server_task(void *argument)
{
    int listener = open_listener();
    while (listener >= 0) {
        struct client client;
        if (!next_client(listener, &client)) {
            ESP_LOGE(TAG, "Unable to accept connection: errno %d", errno);
            vTaskDelay(pdMS_TO_TICKS(100)); // the listening socket is good: try again, but leave others some time
            continue;
        }
        ESP_LOGI(TAG, "Client %s:%u connected", client.address, client.port);
        notice_vanished_client(client.socket);
        int error = serve(&client);
        close(client.socket);
        if (error == 0) {
            ESP_LOGI(TAG, "Client %s:%u disconnected", client.address, client.port);
        } else {
            ESP_LOGW(TAG, "Client %s:%u is gone: errno %d", client.address, client.port, error);
        }
    }
    vTaskDelete(NULL);
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    EventBits_t bits = xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    if (bits & WIFI_CONNECTED_BIT) {
        xTaskCreate(server_task, "server", 4096, NULL, 5, NULL);
    }
}
