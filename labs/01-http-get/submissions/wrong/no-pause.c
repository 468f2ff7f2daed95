// SPDX-License-Identifier: Apache-2.0
// Submission: fetches the page again and again, without a pause.
// verdict: fail
// fails: conversations, closes, refused
// hint: closes: came at once
// hint: refused: came at once

#include <string.h>
#include <stdio.h>
#include <errno.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "lwip/netdb.h"
#include "connect_wifi_sta.h"
static const char *TAG = "loop";
static void t(void *p)
{
    static char b[512];
    for (;;) {
        struct addrinfo h = { .ai_family = AF_INET, .ai_socktype = SOCK_STREAM }, *r = NULL;
        if (getaddrinfo("httpbin.org", "80", &h, &r) || !r) { ESP_LOGE(TAG, "DNS"); continue; }
        int s = socket(AF_INET, SOCK_STREAM, 0);
        int e = connect(s, r->ai_addr, r->ai_addrlen);
        freeaddrinfo(r);
        if (e) { ESP_LOGE(TAG, "connect %d", errno); close(s); continue; }
        const char *q = "GET /ip HTTP/1.1\r\nHost: httpbin.org\r\nConnection: close\r\n\r\n";
        send(s, q, strlen(q), 0);
        int n;
        while ((n = recv(s, b, sizeof b, 0)) > 0) fwrite(b, 1, n, stdout);
        fflush(stdout);
        close(s);
    }
}
void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    xTaskCreate(t, "t", 4096, NULL, 5, NULL);
}
