// SPDX-License-Identifier: Apache-2.0
// Submission: station code of its own, inet_pton() for the address it looked up, delays as powers of two, task notifications.
// verdict: pass

#include <errno.h>
#include <stdio.h>
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

#define RETRIES 4

static const char *TAG = "client";
static TaskHandle_t waiting;

static void on_event(void *arg, esp_event_base_t base, int32_t id, void *data)
{
    (void)arg;
    if (base == WIFI_EVENT && (id == WIFI_EVENT_STA_START || id == WIFI_EVENT_STA_DISCONNECTED)) {
        esp_wifi_connect();
    } else if (base == IP_EVENT && id == IP_EVENT_STA_GOT_IP) {
        ESP_LOGI(TAG, "I am " IPSTR, IP2STR(&((ip_event_got_ip_t *)data)->ip_info.ip));
        xTaskNotifyGive(waiting);
    }
}

static void station(void)
{
    waiting = xTaskGetCurrentTaskHandle();
    ESP_ERROR_CHECK(esp_netif_init());
    ESP_ERROR_CHECK(esp_event_loop_create_default());
    esp_netif_create_default_wifi_sta();
    wifi_init_config_t init = WIFI_INIT_CONFIG_DEFAULT();
    ESP_ERROR_CHECK(esp_wifi_init(&init));
    ESP_ERROR_CHECK(esp_event_handler_instance_register(WIFI_EVENT, ESP_EVENT_ANY_ID, on_event, NULL, NULL));
    ESP_ERROR_CHECK(esp_event_handler_instance_register(IP_EVENT, IP_EVENT_STA_GOT_IP, on_event, NULL, NULL));
    wifi_config_t config = {.sta = {.ssid = "ESP-LAB", .password = "12345678"}};
    ESP_ERROR_CHECK(esp_wifi_set_mode(WIFI_MODE_STA));
    ESP_ERROR_CHECK(esp_wifi_set_config(WIFI_IF_STA, &config));
    ESP_ERROR_CHECK(esp_wifi_start());
    ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
}

static bool look_up(const char *name, char text[16])
{
    struct addrinfo *list = NULL;
    if (getaddrinfo(name, NULL, NULL, &list) != 0) {
        return false;
    }
    inet_ntop(AF_INET, &((struct sockaddr_in *)list->ai_addr)->sin_addr, text, 16);
    freeaddrinfo(list);
    return true;
}

// Connects, or waits and tries the rest. -1 when nothing is left to try.
static int connect_or_wait(const char *address, int retry)
{
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(4242)};
    inet_pton(AF_INET, address, &server.sin_addr);
    int sock = socket(AF_INET, SOCK_STREAM, 0);
    ESP_LOGI(TAG, "[try %d] %s", retry + 1, address);
    if (connect(sock, (struct sockaddr *)&server, sizeof(server)) == 0) {
        return sock;
    }
    int error = errno;
    close(sock);
    if (retry == RETRIES) {
        ESP_LOGE(TAG, "[try %d] %s. Giving up", retry + 1, strerror(error));
        return -1;
    }
    unsigned pause = 1u << retry;
    ESP_LOGW(TAG, "[try %d] %s. Next in %us", retry + 1, strerror(error), pause);
    vTaskDelay(pdMS_TO_TICKS(1000 * pause));
    return connect_or_wait(address, retry + 1);
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    station();
    char address[16];
    if (!look_up("tcpbin.com", address)) {
        ESP_LOGE(TAG, "tcpbin.com is unknown");
        return;
    }
    int sock = connect_or_wait(address, 0);
    if (sock < 0) {
        return;
    }
    static char buffer[256];
    int length = snprintf(buffer, sizeof(buffer), "Hello!\n");
    send(sock, buffer, length, 0);
    do {
        length = recv(sock, buffer, sizeof(buffer), 0);
        if (length > 0) {
            fwrite(buffer, 1, length, stdout);
        }
    } while (length > 0);
    close(sock);
}
