// SPDX-License-Identifier: Apache-2.0
// Submission: select() and a table of clients; address and port on two lines each.
// verdict: pass

#include <errno.h>
#include <stdbool.h>
#include <sys/param.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

#define MAX_CLIENTS 4

static const char *TAG = "guest_book";

static int sockets[MAX_CLIENTS];
static struct sockaddr_in addresses[MAX_CLIENTS];

static void write_down(int slot, const char *what)
{
    char ip[16];
    inet_ntoa_r(addresses[slot].sin_addr, ip, sizeof ip);
    ESP_LOGI(TAG, "Guest %d %s", slot, what);
    ESP_LOGI(TAG, "    IP address:  %s", ip);
    ESP_LOGI(TAG, "    Port number: %hu", ntohs(addresses[slot].sin_port));
}

static void let_in(int listener)
{
    struct sockaddr_in address;
    socklen_t size = sizeof address;
    int fd = accept(listener, (struct sockaddr *)&address, &size);
    if (fd < 0) {
        ESP_LOGE(TAG, "accept: errno %d", errno);
        return;
    }
    for (int slot = 0; slot < MAX_CLIENTS; slot++) {
        if (sockets[slot] < 0) {
            int yes = 1, idle = 5, interval = 5, count = 3;
            setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &yes, sizeof yes);
            setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof idle);
            setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &interval, sizeof interval);
            setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &count, sizeof count);
            sockets[slot] = fd;
            addresses[slot] = address;
            write_down(slot, "has come");
            return;
        }
    }
    ESP_LOGW(TAG, "full");
    close(fd);
}

static bool attend(int slot)
{
    char buffer[200];
    ssize_t count = recv(sockets[slot], buffer, sizeof buffer, 0);
    if (count <= 0) {
        return false;
    }
    return send(sockets[slot], buffer, count, 0) == count; // a blocking send() takes all
}

static void run(void *argument)
{
    int listener = (int)(intptr_t)argument;
    while (true) {
        fd_set ready;
        int highest = listener;
        FD_ZERO(&ready);
        FD_SET(listener, &ready);
        for (int slot = 0; slot < MAX_CLIENTS; slot++) {
            if (sockets[slot] >= 0) {
                FD_SET(sockets[slot], &ready);
                highest = MAX(highest, sockets[slot]);
            }
        }
        if (select(highest + 1, &ready, NULL, NULL, NULL) <= 0) {
            vTaskDelay(10);
            continue;
        }
        for (int slot = 0; slot < MAX_CLIENTS; slot++) {
            if (sockets[slot] >= 0 && FD_ISSET(sockets[slot], &ready) && !attend(slot)) {
                close(sockets[slot]);
                sockets[slot] = -1;
                write_down(slot, "has gone");
            }
        }
        if (FD_ISSET(listener, &ready)) {
            let_in(listener);
        }
    }
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);

    for (int slot = 0; slot < MAX_CLIENTS; slot++) {
        sockets[slot] = -1;
    }
    int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(3333), .sin_addr.s_addr = htonl(INADDR_ANY)};
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, MAX_CLIENTS)) {
        ESP_LOGE(TAG, "cannot listen: errno %d", errno);
        return;
    }
    xTaskCreate(run, "guest_book", 4096, (void *)(intptr_t)listener, 5, NULL);
}
