// SPDX-License-Identifier: Apache-2.0
// Submission: one task sends, another receives on the same socket; station code of its own; receive timeout.
// verdict: pass
// says: freeaddrinfo() nowhere

#include <errno.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/queue.h"
#include "freertos/semphr.h"
#include "esp_event.h"
#include "esp_log.h"
#include "esp_netif.h"
#include "esp_wifi.h"
#include "nvs_flash.h"
#include "lwip/netdb.h"
#include "lwip/sockets.h"

static const char *TAG = "echo_client";
static SemaphoreHandle_t online;
static QueueHandle_t sockets;   // what the receiver is to listen to
static SemaphoreHandle_t heard; // given for each line, and when the connection has ended
static volatile bool alive;

static void on_event(void *arg, esp_event_base_t base, int32_t id, void *data)
{
    (void)arg, (void)data;
    if (base == WIFI_EVENT && id == WIFI_EVENT_STA_START) {
        esp_wifi_connect();
    } else if (base == WIFI_EVENT && id == WIFI_EVENT_STA_DISCONNECTED) {
        esp_wifi_connect();
    } else if (base == IP_EVENT && id == IP_EVENT_STA_GOT_IP) {
        xSemaphoreGive(online);
    }
}

static void start_station(void)
{
    online = xSemaphoreCreateBinary();
    ESP_ERROR_CHECK(nvs_flash_init());
    ESP_ERROR_CHECK(esp_netif_init());
    ESP_ERROR_CHECK(esp_event_loop_create_default());
    esp_netif_create_default_wifi_sta();
    wifi_init_config_t init = WIFI_INIT_CONFIG_DEFAULT();
    ESP_ERROR_CHECK(esp_wifi_init(&init));
    esp_event_handler_register(WIFI_EVENT, ESP_EVENT_ANY_ID, on_event, NULL);
    esp_event_handler_register(IP_EVENT, IP_EVENT_STA_GOT_IP, on_event, NULL);
    wifi_config_t config = {.sta = {.ssid = "attic", .password = "correct horse"}};
    ESP_ERROR_CHECK(esp_wifi_set_mode(WIFI_MODE_STA));
    ESP_ERROR_CHECK(esp_wifi_set_config(WIFI_IF_STA, &config));
    ESP_ERROR_CHECK(esp_wifi_start());
    xSemaphoreTake(online, portMAX_DELAY);
}

static void receiver(void *arg)
{
    (void)arg;
    for (;;) {
        int sock;
        xQueueReceive(sockets, &sock, portMAX_DELAY);
        char line[64];
        size_t length = 0;
        char byte;
        int n;
        while ((n = recv(sock, &byte, 1, 0)) == 1) {
            if (byte != '\n' && length < sizeof(line) - 1) {
                line[length++] = byte;
                continue;
            }
            line[length] = '\0';
            length = 0;
            ESP_LOGI(TAG, "<- %s", line);
            xSemaphoreGive(heard);
        }
        ESP_LOGW(TAG, "end of the connection (%d)", n < 0 ? errno : 0);
        alive = false;
        xSemaphoreGive(heard);
    }
}

static void sender(void *arg)
{
    struct addrinfo *server = arg;
    for (;;) {
        int sock = socket(server->ai_family, server->ai_socktype, 0);
        if (connect(sock, server->ai_addr, server->ai_addrlen) != 0) {
            ESP_LOGW(TAG, "not reachable: errno %d", errno);
            close(sock);
            vTaskDelay(pdMS_TO_TICKS(2000));
            continue;
        }
        alive = true;
        xQueueSend(sockets, &sock, portMAX_DELAY);
        const char *const lines[] = {"The quick brown fox\n", "jumps over\n", "the lazy dog\n"};
        for (int i = 0; i < 3 && alive; i++) {
            if (send(sock, lines[i], strlen(lines[i]), 0) < 0) {
                ESP_LOGW(TAG, "send: errno %d", errno);
                break;
            }
            xSemaphoreTake(heard, pdMS_TO_TICKS(10000));
            vTaskDelay(pdMS_TO_TICKS(400));
        }
        shutdown(sock, SHUT_RDWR); // ends the receiver's recv()
        while (alive) {
            xSemaphoreTake(heard, pdMS_TO_TICKS(100));
        }
        close(sock);
        xSemaphoreTake(heard, 0);
        vTaskDelay(pdMS_TO_TICKS(2000));
    }
}

void app_main(void)
{
    start_station();
    sockets = xQueueCreate(1, sizeof(int));
    heard = xSemaphoreCreateBinary();
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
    struct addrinfo *server = NULL;
    int error = getaddrinfo("tcpbin.com", "4242", &hints, &server);
    if (error != 0) {
        ESP_LOGE(TAG, "DNS says %d", error);
        return;
    }
    xTaskCreate(receiver, "receiver", 3072, NULL, 6, NULL);
    xTaskCreate(sender, "sender", 3072, server, 5, NULL);
}
