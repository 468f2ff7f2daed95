// SPDX-License-Identifier: Apache-2.0
// Submission: connects without blocking and lets select() wait; delays from a table in seconds; one log line for failure and delay.
// verdict: pass

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/netdb.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

static const char *TAG = "patient";
static const int DELAYS[] = {1, 2, 4, 8};

#define TRIES ((int)(sizeof(DELAYS) / sizeof(DELAYS[0])) + 1)

// 0, or the errno of the attempt. The socket stays open only for 0.
static int attempt(const struct sockaddr_in *server, int *sock)
{
    *sock = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    if (*sock < 0) {
        return errno;
    }
    int flags = fcntl(*sock, F_GETFL, 0);
    fcntl(*sock, F_SETFL, flags | O_NONBLOCK);
    int error = 0;
    if (connect(*sock, (const struct sockaddr *)server, sizeof(*server)) != 0) {
        error = errno;
    }
    if (error == EINPROGRESS) {
        fd_set writable;
        FD_ZERO(&writable);
        FD_SET(*sock, &writable);
        struct timeval timeout = {.tv_sec = 30};
        error = ETIMEDOUT;
        if (select(*sock + 1, NULL, &writable, NULL, &timeout) == 1) {
            socklen_t length = sizeof(error);
            getsockopt(*sock, SOL_SOCKET, SO_ERROR, &error, &length);
        }
    }
    if (error != 0) {
        close(*sock);
        return error;
    }
    fcntl(*sock, F_SETFL, flags);
    return 0;
}

static void client_task(void *arg)
{
    (void)arg;
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(4242)};
    struct hostent *host = gethostbyname("tcpbin.com");
    if (host == NULL) {
        ESP_LOGE(TAG, "tcpbin.com: unknown host");
        vTaskDelete(NULL);
    }
    memcpy(&server.sin_addr, host->h_addr_list[0], host->h_length);

    for (int i = 0; i < TRIES; i++) {
        int sock;
        int error = attempt(&server, &sock);
        if (error == 0) {
            ESP_LOGI(TAG, "Attempt %d succeeded", i + 1);
            send(sock, "ESP32 here\r\n", 12, 0);
            char answer[64];
            recv(sock, answer, sizeof(answer), 0);
            close(sock);
            vTaskDelete(NULL);
        }
        if (i < TRIES - 1) {
            ESP_LOGW(TAG, "Attempt %d failed (errno %d), next one in %d s", i + 1, error, DELAYS[i]);
            vTaskDelay(DELAYS[i] * configTICK_RATE_HZ);
        } else {
            ESP_LOGE(TAG, "Attempt %d failed (errno %d), that was the last", i + 1, error);
        }
    }
    vTaskDelete(NULL);
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    xTaskCreate(client_task, "client", 4096, NULL, 5, NULL);
}
