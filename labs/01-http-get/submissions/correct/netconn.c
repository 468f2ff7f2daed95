// SPDX-License-Identifier: Apache-2.0
// Submission: uses lwIP's netconn API in app_main().
// verdict: pass

#include <stdio.h>
#include <string.h>

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/api.h"
#include "lwip/err.h"
#include "connect_wifi_sta.h"

static const char TAG[] = "netconn";

static const char ASK[] =
    "GET /ip HTTP/1.1\r\n"
    "host: httpbin.org\r\n"
    "accept: text/plain, application/json\r\n"
    "connection: close\r\n"
    "\r\n";

/* Prints a received chain, link by link. */
static void print_chain(struct netbuf *chain)
{
    do {
        void *data;
        u16_t length;
        if (netbuf_data(chain, &data, &length) == ERR_OK) {
            fwrite(data, 1, length, stdout);
        }
    } while (netbuf_next(chain) >= 0);
    fflush(stdout);
}

static void converse(struct netconn *conn, const ip_addr_t *server)
{
    err_t err = netconn_connect(conn, server, 80);
    if (err != ERR_OK) {
        ESP_LOGE(TAG, "connect failed: %d", err_to_errno(err));
        return;
    }
    err = netconn_write(conn, ASK, strlen(ASK), NETCONN_COPY);
    if (err != ERR_OK) {
        ESP_LOGE(TAG, "write failed: %d", err_to_errno(err));
        return;
    }
    struct netbuf *chain;
    while ((err = netconn_recv(conn, &chain)) == ERR_OK) {
        print_chain(chain);
        netbuf_delete(chain);
    }
    if (err != ERR_CLSD) {
        ESP_LOGE(TAG, "receive failed: %d", err_to_errno(err));
    }
    netconn_close(conn);
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);

    ip_addr_t server;
    err_t err = netconn_gethostbyname("httpbin.org", &server);
    if (err != ERR_OK) {
        ESP_LOGE(TAG, "lookup of httpbin.org failed: %d", err_to_errno(err));
        return;
    }
    struct netconn *conn = netconn_new(NETCONN_TCP);
    if (conn == NULL) {
        ESP_LOGE(TAG, "no memory for a connection");
        return;
    }
    converse(conn, &server);
    netconn_delete(conn);
    ESP_LOGI(TAG, "finished");
}
