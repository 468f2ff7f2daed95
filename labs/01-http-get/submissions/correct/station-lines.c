// SPDX-License-Identifier: Apache-2.0
// Submission: station code of its own, other order and case of the headers, a receive timeout; prints each line with a log call.
// verdict: pass

#include <errno.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "esp_event.h"
#include "esp_log.h"
#include "esp_netif.h"
#include "esp_wifi.h"
#include "nvs_flash.h"
#include "lwip/netdb.h"
#include "lwip/sockets.h"

#define LINE_SIZE 100

static const char *TAG = "http";
static TaskHandle_t main_task;

static const char *REQUEST =
    "GET /ip HTTP/1.1\r\n"
    "CONNECTION: Close\r\n"
    "accept: text/plain, application/json\r\n"
    "host:httpbin.org\r\n"
    "\r\n";

static void on_wifi(void *arg, esp_event_base_t base, int32_t id, void *data)
{
    (void)arg, (void)data;
    if (base == IP_EVENT) {
        xTaskNotifyGive(main_task);
    } else if (id == WIFI_EVENT_STA_START || id == WIFI_EVENT_STA_DISCONNECTED) {
        esp_wifi_connect();
    }
}

static void join_network(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    ESP_ERROR_CHECK(esp_netif_init());
    ESP_ERROR_CHECK(esp_event_loop_create_default());
    esp_netif_create_default_wifi_sta();
    wifi_init_config_t init = WIFI_INIT_CONFIG_DEFAULT();
    ESP_ERROR_CHECK(esp_wifi_init(&init));
    ESP_ERROR_CHECK(esp_event_handler_register(WIFI_EVENT, ESP_EVENT_ANY_ID, on_wifi, NULL));
    ESP_ERROR_CHECK(esp_event_handler_register(IP_EVENT, IP_EVENT_STA_GOT_IP, on_wifi, NULL));
    wifi_config_t config = {.sta = {.ssid = "Pension Edelweiss", .password = "fruehstueck"}};
    ESP_ERROR_CHECK(esp_wifi_set_mode(WIFI_MODE_STA));
    ESP_ERROR_CHECK(esp_wifi_set_config(WIFI_IF_STA, &config));
    ESP_ERROR_CHECK(esp_wifi_start());
    ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
}

static void print_lines(int sock)
{
    static char line[LINE_SIZE];
    size_t length = 0;
    char chunk[64];
    int len;
    while ((len = recv(sock, chunk, sizeof(chunk), 0)) > 0) {
        for (int i = 0; i < len; i++) {
            if (chunk[i] != '\r' && chunk[i] != '\n') {
                line[length++] = chunk[i];
            }
            if (chunk[i] == '\n' || length == sizeof(line) - 1) {
                line[length] = '\0';
                ESP_LOGI(TAG, "%s", line);
                length = 0;
            }
        }
    }
    if (length > 0) {
        line[length] = '\0';
        ESP_LOGI(TAG, "%s", line);
    }
    if (len < 0) {
        ESP_LOGW(TAG, "the response broke off: errno %d", errno);
    }
}

void app_main(void)
{
    main_task = xTaskGetCurrentTaskHandle();
    join_network();

    struct addrinfo *found = NULL;
    if (getaddrinfo("httpbin.org", "80", NULL, &found) != 0) {
        ESP_LOGE(TAG, "httpbin.org is not known here");
        return;
    }
    struct sockaddr_in server;
    memcpy(&server, found->ai_addr, sizeof(server));
    freeaddrinfo(found);

    int sock = socket(PF_INET, SOCK_STREAM, 0);
    struct timeval patience = {.tv_sec = 8};
    setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    if (connect(sock, (struct sockaddr *)&server, sizeof(server)) == -1) {
        ESP_LOGE(TAG, "httpbin.org does not answer: errno %d", errno);
    } else if (send(sock, REQUEST, strlen(REQUEST), 0) == -1) {
        ESP_LOGE(TAG, "send: errno %d", errno);
    } else {
        print_lines(sock);
    }
    close(sock);
}
