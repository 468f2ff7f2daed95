// SPDX-License-Identifier: Apache-2.0
// Submission: station-mode code of its own; non-blocking sockets looked at every 20 ms; tells how each client left.
// verdict: pass

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_event.h"
#include "esp_log.h"
#include "esp_netif.h"
#include "esp_wifi.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"

#define GOT_ADDRESS BIT3

static const char *TAG = "poller";
static EventGroupHandle_t wifi_events;

static void wifi_event(void *arg, esp_event_base_t base, int32_t id, void *data)
{
    (void)arg, (void)data;
    if (base == WIFI_EVENT && (id == WIFI_EVENT_STA_START || id == WIFI_EVENT_STA_DISCONNECTED)) {
        esp_wifi_connect();
    } else if (base == IP_EVENT && id == IP_EVENT_STA_GOT_IP) {
        xEventGroupSetBits(wifi_events, GOT_ADDRESS);
    }
}

static void wifi_start(void)
{
    wifi_events = xEventGroupCreate();
    ESP_ERROR_CHECK(esp_netif_init());
    ESP_ERROR_CHECK(esp_event_loop_create_default());
    esp_netif_create_default_wifi_sta();
    wifi_init_config_t init = WIFI_INIT_CONFIG_DEFAULT();
    ESP_ERROR_CHECK(esp_wifi_init(&init));
    ESP_ERROR_CHECK(esp_event_handler_register(WIFI_EVENT, ESP_EVENT_ANY_ID, &wifi_event, NULL));
    ESP_ERROR_CHECK(esp_event_handler_register(IP_EVENT, IP_EVENT_STA_GOT_IP, &wifi_event, NULL));
    wifi_config_t config = {.sta = {.ssid = "HomeSweetHome", .password = "not-telling"}};
    ESP_ERROR_CHECK(esp_wifi_set_mode(WIFI_MODE_STA));
    ESP_ERROR_CHECK(esp_wifi_set_config(WIFI_IF_STA, &config));
    ESP_ERROR_CHECK(esp_wifi_start());
    xEventGroupWaitBits(wifi_events, GOT_ADDRESS, pdFALSE, pdTRUE, portMAX_DELAY);
}

struct connection {
    struct connection *next;
    int fd;
    char name[24];
    char pending[128];
    size_t length;
};

static struct connection *connections;

static void accept_new(int listener)
{
    struct sockaddr_in peer;
    socklen_t size = sizeof(peer);
    int fd = accept(listener, (struct sockaddr *)&peer, &size);
    if (fd < 0) {
        return;
    }
    struct connection *connection = calloc(1, sizeof(*connection));
    if (connection == NULL) {
        close(fd);
        return;
    }
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    int one = 1, five = 5, three = 3;
    setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &one, sizeof(one));
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &five, sizeof(five));
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &five, sizeof(five));
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &three, sizeof(three));
    connection->fd = fd;
    snprintf(connection->name, sizeof(connection->name), "%s:%u", inet_ntoa(peer.sin_addr), ntohs(peer.sin_port));
    connection->next = connections;
    connections = connection;
    ESP_LOGI(TAG, "%s is here", connection->name);
}

// False when the connection is over; *error then is 0 or the errno.
static bool advance(struct connection *connection, int *error)
{
    ssize_t count;
    if (connection->length == 0) {
        count = recv(connection->fd, connection->pending, sizeof(connection->pending), 0);
        if (count > 0) {
            connection->length = count;
        } else if (count == 0) {
            *error = 0;
            return false;
        }
    }
    count = connection->length == 0 ? -1 : send(connection->fd, connection->pending, connection->length, 0);
    if (count > 0) {
        connection->length -= count;
        memmove(connection->pending, connection->pending + count, connection->length);
    }
    *error = errno;
    return count > 0 || errno == EWOULDBLOCK;
}

static void poll_task(void *arg)
{
    int listener = (int)(intptr_t)arg;
    for (;;) {
        accept_new(listener);
        for (struct connection **link = &connections; *link != NULL;) {
            struct connection *connection = *link;
            int error;
            if (advance(connection, &error)) {
                link = &connection->next;
                continue;
            }
            *link = connection->next;
            ESP_LOGI(TAG, "%s is gone: %s", connection->name, error == 0 ? "said so" : strerror(error));
            close(connection->fd);
            free(connection);
        }
        vTaskDelay(pdMS_TO_TICKS(20));
    }
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    wifi_start();

    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(3333), .sin_addr.s_addr = htonl(INADDR_ANY)};
    if (bind(listener, (struct sockaddr *)&here, sizeof(here)) < 0 || listen(listener, 5) < 0) {
        ESP_LOGE(TAG, "no server: errno %d", errno);
        return;
    }
    fcntl(listener, F_SETFL, O_NONBLOCK);
    xTaskCreate(poll_task, "poll", 4096, (void *)(intptr_t)listener, 4, NULL);
}
