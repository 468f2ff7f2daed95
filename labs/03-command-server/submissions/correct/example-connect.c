// SPDX-License-Identifier: Apache-2.0
// Submission: takes the network from ESP-IDF's example_connect(), lets select() wait for one client, and collects in one ring.
// verdict: pass

#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "esp_event.h"
#include "esp_log.h"
#include "esp_netif.h"
#include "nvs_flash.h"
#include "protocol_examples_common.h"
#include "lwip/sockets.h"

#define RING 64 // a power of two, longer than any command

static const char *TAG = "example";

static char ring[RING];
static unsigned head, tail;

static bool take_command(char *command)
{
    for (unsigned at = tail; at != head; at++) {
        if (ring[at % RING] == '\n') {
            unsigned length = 0;
            while (tail != at) {
                command[length++] = ring[tail++ % RING];
            }
            tail++;
            if (length > 0 && command[length - 1] == '\r') {
                length--;
            }
            command[length] = '\0';
            return true;
        }
    }
    return false;
}

static bool fill(int sock)
{
    fd_set wait;
    FD_ZERO(&wait);
    FD_SET(sock, &wait);
    if (select(sock + 1, &wait, NULL, NULL, NULL) != 1) {
        return false;
    }
    if (head - tail == RING) {
        ESP_LOGE(TAG, "no line end in %d bytes", RING);
        return false;
    }
    // Up to the end of the ring's memory; what does not fit is left to the next call.
    unsigned room = RING - (head - tail);
    unsigned contiguous = RING - head % RING;
    int len = recv(sock, ring + head % RING, room < contiguous ? room : contiguous, 0);
    if (len <= 0) {
        return false;
    }
    head += len;
    return true;
}

static void do_commands(int sock)
{
    char command[RING];
    head = tail = 0;
    while (fill(sock)) {
        while (take_command(command)) {
            const char *answer = "Unknown command\r\n";
            if (!strcmp(command, "GET_TEMP")) {
                answer = "Temperature: 25.5 C\r\n";
            }
            if (!strcmp(command, "GET_HUMIDITY")) {
                answer = "Humidity: 45.2 %\r\n";
            }
            if (send(sock, answer, strlen(answer), 0) < 0) {
                return;
            }
        }
    }
}

static void tcp_server_task(void *pvParameters)
{
    struct sockaddr_in dest_addr = {
        .sin_addr.s_addr = htonl(INADDR_ANY),
        .sin_family = AF_INET,
        .sin_port = htons((intptr_t)pvParameters),
    };
    int listen_sock = socket(dest_addr.sin_family, SOCK_STREAM, IPPROTO_IP);
    ESP_LOGI(TAG, "Socket created");
    if (bind(listen_sock, (struct sockaddr *)&dest_addr, sizeof(dest_addr)) == 0 && listen(listen_sock, 1) == 0) {
        ESP_LOGI(TAG, "Socket listening");
        for (;;) {
            int sock = accept(listen_sock, NULL, NULL);
            if (sock < 0) {
                vTaskDelay(pdMS_TO_TICKS(100));
                continue;
            }
            ESP_LOGI(TAG, "Socket accepted");
            do_commands(sock);
            shutdown(sock, SHUT_RDWR);
            close(sock);
        }
    }
    close(listen_sock);
    vTaskDelete(NULL);
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    ESP_ERROR_CHECK(esp_netif_init());
    ESP_ERROR_CHECK(esp_event_loop_create_default());
    ESP_ERROR_CHECK(example_connect());

    xTaskCreate(tcp_server_task, "tcp_server", 4096, (void *)(intptr_t)3333, 5, NULL);
}
