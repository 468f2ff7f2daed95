// SPDX-License-Identifier: Apache-2.0
// Submission: brings up the network with station-mode code of its own instead of connect_wifi_sta(), and retries when it is lost.
// verdict: pass

#include <errno.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_event.h"
#include "esp_log.h"
#include "esp_netif.h"
#include "esp_wifi.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"

#define WIFI_SSID     "my_home_network"
#define WIFI_PASSWORD "secret_password"
#define MAX_RETRIES   5

#define CONNECTED_BIT BIT0
#define FAILED_BIT    BIT1

static const char *TAG = "station";
static EventGroupHandle_t s_wifi_event_group;
static int s_retries;

static void on_event(void *arg, esp_event_base_t base, int32_t id, void *data)
{
    (void)arg;
    if (base == WIFI_EVENT && id == WIFI_EVENT_STA_START) {
        esp_wifi_connect();
    } else if (base == WIFI_EVENT && id == WIFI_EVENT_STA_DISCONNECTED) {
        if (s_retries++ < MAX_RETRIES) {
            ESP_LOGI(TAG, "connecting again (%d)", s_retries);
            esp_wifi_connect();
        } else {
            xEventGroupSetBits(s_wifi_event_group, FAILED_BIT);
        }
    } else if (base == IP_EVENT && id == IP_EVENT_STA_GOT_IP) {
        ip_event_got_ip_t *event = data;
        ESP_LOGI(TAG, "got ip: " IPSTR, IP2STR(&event->ip_info.ip));
        s_retries = 0;
        xEventGroupSetBits(s_wifi_event_group, CONNECTED_BIT);
    }
}

static bool wifi_connect(void)
{
    s_wifi_event_group = xEventGroupCreate();

    ESP_ERROR_CHECK(esp_netif_init());
    ESP_ERROR_CHECK(esp_event_loop_create_default());
    esp_netif_create_default_wifi_sta();

    wifi_init_config_t init = WIFI_INIT_CONFIG_DEFAULT();
    ESP_ERROR_CHECK(esp_wifi_init(&init));

    esp_event_handler_instance_t any_wifi, got_ip;
    ESP_ERROR_CHECK(esp_event_handler_instance_register(WIFI_EVENT, ESP_EVENT_ANY_ID, on_event, NULL, &any_wifi));
    ESP_ERROR_CHECK(esp_event_handler_instance_register(IP_EVENT, IP_EVENT_STA_GOT_IP, on_event, NULL, &got_ip));

    wifi_config_t config = {
        .sta = {
            .ssid = WIFI_SSID,
            .password = WIFI_PASSWORD,
            .threshold.authmode = WIFI_AUTH_WPA2_PSK,
        },
    };
    ESP_ERROR_CHECK(esp_wifi_set_mode(WIFI_MODE_STA));
    ESP_ERROR_CHECK(esp_wifi_set_config(WIFI_IF_STA, &config));
    ESP_ERROR_CHECK(esp_wifi_start());

    EventBits_t bits = xEventGroupWaitBits(s_wifi_event_group, CONNECTED_BIT | FAILED_BIT, pdFALSE, pdFALSE, portMAX_DELAY);
    return (bits & CONNECTED_BIT) != 0;
}

static void process_command(int sock, char *command)
{
    size_t length = strlen(command);
    if (length > 0 && command[length - 1] == '\r') {
        command[length - 1] = 0;
    }

    const char *response = "Unknown command\n";
    if (strcmp(command, "GET_TEMP") == 0) {
        response = "Temperature: 25.5 C\n";
    } else if (strcmp(command, "GET_HUMIDITY") == 0) {
        response = "Humidity: 45.2 %\n";
    }
    if (send(sock, response, strlen(response), 0) < 0) {
        ESP_LOGE(TAG, "send failed: errno %d", errno);
    }
}

static void communicate(int sock)
{
    char line[128];
    size_t line_length = 0;
    char rx_buffer[128];
    int len;

    do {
        len = recv(sock, rx_buffer, sizeof(rx_buffer), 0);
        for (int i = 0; i < len; i++) {
            if (rx_buffer[i] == '\n') {
                line[line_length] = 0;
                process_command(sock, line);
                line_length = 0;
            } else if (line_length < sizeof(line) - 1) {
                line[line_length++] = rx_buffer[i];
            }
        }
    } while (len > 0);

    if (len < 0) {
        ESP_LOGW(TAG, "recv failed: errno %d", errno);
    }
}

static void server_task(void *arg)
{
    (void)arg;
    struct sockaddr_in server_addr = {
        .sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_ANY),
        .sin_port = htons(3333),
    };
    int listen_sock = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
    if (listen_sock < 0 || bind(listen_sock, (struct sockaddr *)&server_addr, sizeof(server_addr)) != 0 ||
        listen(listen_sock, 1) != 0) {
        ESP_LOGE(TAG, "server failed to start: errno %d", errno);
        if (listen_sock >= 0) {
            close(listen_sock);
        }
        vTaskDelete(NULL);
        return;
    }
    while (1) {
        struct sockaddr_in client_addr;
        socklen_t client_addr_len = sizeof(client_addr);
        int sock = accept(listen_sock, (struct sockaddr *)&client_addr, &client_addr_len);
        if (sock < 0) {
            ESP_LOGE(TAG, "accept failed: errno %d", errno);
            vTaskDelay(pdMS_TO_TICKS(100));
            continue;
        }
        ESP_LOGI(TAG, "client %s:%d", inet_ntoa(client_addr.sin_addr), ntohs(client_addr.sin_port));
        communicate(sock);
        shutdown(sock, SHUT_RDWR);
        close(sock);
    }
}

void app_main(void)
{
    esp_err_t err = nvs_flash_init();
    if (err == ESP_ERR_NVS_NO_FREE_PAGES || err == ESP_ERR_NVS_NEW_VERSION_FOUND) {
        ESP_ERROR_CHECK(nvs_flash_erase());
        err = nvs_flash_init();
    }
    ESP_ERROR_CHECK(err);

    if (wifi_connect()) {
        xTaskCreate(server_task, "tcp_server", 4096, NULL, 5, NULL);
    } else {
        ESP_LOGE(TAG, "no network");
    }
}
