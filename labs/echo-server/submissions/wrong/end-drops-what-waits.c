// SPDX-License-Identifier: Apache-2.0
// Submission: closes when the client ends its sending, with data that has not been sent back yet.
// verdict: fail
// fails: conversations

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/select.h>
#include <unistd.h>

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

#define PORT 3333

static const char *TAG = "echo_select";

static char waiting[2048];
static int start, stop; /* waiting[start .. stop) has not been sent yet */

/* Sends what lwIP takes now. -1 if the client is lost. */
static int send_some(int client)
{
    if (start == stop) {
        return 0;
    }
    int n = send(client, waiting + start, stop - start, 0);
    if (n < 0) {
        return errno == EAGAIN ? 0 : -1;
    }
    start += n;
    if (start == stop) {
        start = stop = 0;
    }
    return 0;
}

static void talk(int client)
{
    start = stop = 0;
    fcntl(client, F_SETFL, O_NONBLOCK);

    for (;;) {
        fd_set can_read, can_write;
        FD_ZERO(&can_read);
        FD_ZERO(&can_write);
        if (stop < (int)sizeof(waiting)) {
            FD_SET(client, &can_read);
        }
        if (start < stop) {
            FD_SET(client, &can_write);
        }
        if (select(client + 1, &can_read, &can_write, NULL, NULL) < 0) {
            ESP_LOGE(TAG, "select: errno %d", errno);
            return;
        }
        if (FD_ISSET(client, &can_write) && send_some(client) < 0) {
            return;
        }
        if (FD_ISSET(client, &can_read)) {
            int n = recv(client, waiting + stop, sizeof(waiting) - stop, 0);
            if (n == 0) {
                return; /* the client has finished */
            }
            if (n < 0 && errno != EAGAIN) {
                return;
            }
            if (n > 0) {
                stop += n;
                if (send_some(client) < 0) {
                    return;
                }
            }
        }
    }
}

static void server_task(void *arg)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(PORT), .sin_addr.s_addr = htonl(INADDR_ANY) };
    int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);

    if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof(address)) != 0 || listen(listener, 1) != 0) {
        ESP_LOGE(TAG, "Unable to listen on port %d: errno %d", PORT, errno);
        vTaskDelete(NULL);
        return;
    }
    for (;;) {
        int client = accept(listener, NULL, NULL);
        if (client < 0) {
            vTaskDelay(pdMS_TO_TICKS(100));
            continue;
        }
        const int pairs[][2] = { { TCP_KEEPIDLE, 5 }, { TCP_KEEPINTVL, 5 }, { TCP_KEEPCNT, 3 } };
        int on = 1;
        setsockopt(client, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
        for (int i = 0; i < 3; i++) {
            setsockopt(client, IPPROTO_TCP, pairs[i][0], &pairs[i][1], sizeof(int));
        }
        talk(client);
        close(client);
    }
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
