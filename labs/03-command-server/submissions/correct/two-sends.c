// SPDX-License-Identifier: Apache-2.0
// Submission: sends label, value and line end of an answer separately, with Nagle's algorithm off.
// verdict: pass

#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

static const char *TAG = "srv";

static int put(int s, const char *text)
{
    return send(s, text, strlen(text), 0);
}

static int respond(int s, const char *cmd)
{
    int ok;
    if (strcmp(cmd, "GET_TEMP") == 0) {
        ok = put(s, "Temperature: ") > 0 && put(s, "25.5 C") > 0;
    } else if (strcmp(cmd, "GET_HUMIDITY") == 0) {
        ok = put(s, "Humidity: ") > 0 && put(s, "45.2 %") > 0;
    } else {
        ok = put(s, "Unknown ") > 0 && put(s, "command") > 0;
    }
    return ok && put(s, "\n") > 0;
}

static void serve(int s)
{
    char cmd[32];
    unsigned len = 0;
    char in[32];
    int n;

    while ((n = recv(s, in, sizeof in, 0)) > 0) {
        ESP_LOG_BUFFER_HEXDUMP(TAG, in, n, ESP_LOG_INFO);
        for (char *p = in; p < in + n; p++) {
            switch (*p) {
            case '\r':
                break;
            case '\n':
                cmd[len] = 0;
                len = 0;
                if (!respond(s, cmd)) {
                    return;
                }
                break;
            default:
                if (len < sizeof cmd - 1) {
                    cmd[len++] = *p;
                }
            }
        }
    }
}

static void server_task(void *arg)
{
    (void)arg;
    struct sockaddr_in a;
    memset(&a, 0, sizeof a);
    a.sin_family = AF_INET;
    a.sin_port = htons(3333);
    a.sin_addr.s_addr = htonl(INADDR_ANY);

    int l = socket(PF_INET, SOCK_STREAM, 0);
    if (l < 0 || bind(l, (struct sockaddr *)&a, sizeof a) != 0 || listen(l, 2) != 0) {
        ESP_LOGE(TAG, "no listening socket");
        vTaskDelete(NULL);
    }
    for (;;) {
        int s = accept(l, NULL, NULL);
        if (s >= 0) {
            int on = 1;
            setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            serve(s);
            close(s);
            ESP_LOGI(TAG, "next, please");
        } else {
            vTaskDelay(pdMS_TO_TICKS(50));
        }
    }
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    xTaskCreatePinnedToCore(server_task, "srv", 4096, NULL, tskIDLE_PRIORITY + 1, NULL, 0);
}
