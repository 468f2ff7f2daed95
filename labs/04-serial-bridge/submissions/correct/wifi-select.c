// SPDX-License-Identifier: Apache-2.0
// Submission: station-mode code of its own; select() on the socket with a time-out, the console in between; getaddrinfo().
// verdict: pass

#include <errno.h>
#include <stdio.h>
#include <unistd.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "driver/uart.h"
#include "esp_event.h"
#include "esp_log.h"
#include "esp_netif.h"
#include "esp_wifi.h"
#include "nvs_flash.h"
#include "lwip/netdb.h"
#include "lwip/sockets.h"

#define GOT_ADDRESS BIT0

static const char *TAG = "wifi_bridge";
static EventGroupHandle_t wifi_events;

static void wifi_event(void *arg, esp_event_base_t base, int32_t id, void *data)
{
    (void)arg, (void)data;
    if (base == WIFI_EVENT && (id == WIFI_EVENT_STA_START || id == WIFI_EVENT_STA_DISCONNECTED)) {
        esp_wifi_connect();
    } else if (base == IP_EVENT && id == IP_EVENT_STA_GOT_IP) {
        xEventGroupSetBits(wifi_events, GOT_ADDRESS);
    }
}

static void wifi_start(void)
{
    wifi_events = xEventGroupCreate();
    ESP_ERROR_CHECK(esp_netif_init());
    ESP_ERROR_CHECK(esp_event_loop_create_default());
    esp_netif_create_default_wifi_sta();
    wifi_init_config_t init = WIFI_INIT_CONFIG_DEFAULT();
    ESP_ERROR_CHECK(esp_wifi_init(&init));
    ESP_ERROR_CHECK(esp_event_handler_register(WIFI_EVENT, ESP_EVENT_ANY_ID, &wifi_event, NULL));
    ESP_ERROR_CHECK(esp_event_handler_register(IP_EVENT, IP_EVENT_STA_GOT_IP, &wifi_event, NULL));
    wifi_config_t config = {.sta = {.ssid = "HomeSweetHome", .password = "not-telling"}};
    ESP_ERROR_CHECK(esp_wifi_set_mode(WIFI_MODE_STA));
    ESP_ERROR_CHECK(esp_wifi_set_config(WIFI_IF_STA, &config));
    ESP_ERROR_CHECK(esp_wifi_start());
    xEventGroupWaitBits(wifi_events, GOT_ADDRESS, pdFALSE, pdTRUE, portMAX_DELAY);
}

static int connect_to(const char *host, const char *port)
{
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
    struct addrinfo *result;
    int fd = -1;
    if (getaddrinfo(host, port, &hints, &result) != 0) {
        return -1;
    }
    fd = socket(result->ai_family, result->ai_socktype, 0);
    if (fd >= 0 && connect(fd, result->ai_addr, result->ai_addrlen) != 0) {
        ESP_LOGE(TAG, "connect to %s: errno %d", host, errno);
        close(fd);
        fd = -1;
    }
    freeaddrinfo(result);
    return fd;
}

static void carry(int fd)
{
    uint8_t data[300];
    for (;;) {
        fd_set set;
        FD_ZERO(&set);
        FD_SET(fd, &set);
        struct timeval timeout = {.tv_usec = 30000};
        if (select(fd + 1, &set, NULL, NULL, &timeout) > 0) {
            int count = read(fd, data, sizeof data);
            if (count <= 0) {
                ESP_LOGW(TAG, "read: %d, errno %d", count, count < 0 ? errno : 0);
                return;
            }
            for (int i = 0; i < count; i++) {
                putc(data[i], stdout);
            }
            fflush(stdout);
        }
        size_t typed = 0;
        uart_get_buffered_data_len(UART_NUM_0, &typed);
        if (typed > 0) {
            int count = uart_read_bytes(UART_NUM_0, data, typed < sizeof data ? typed : sizeof data, 0);
            if (write(fd, data, count) != count) {
                ESP_LOGE(TAG, "write: errno %d", errno);
                return;
            }
        }
    }
}

static void bridge_task(void *arg)
{
    (void)arg;
    for (int attempt = 1;; attempt++) {
        int fd = connect_to("10.0.2.2", "5000");
        if (fd >= 0) {
            ESP_LOGI(TAG, "connection %d", attempt);
            carry(fd);
            close(fd);
        }
        vTaskDelay(pdMS_TO_TICKS(2000));
    }
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    ESP_ERROR_CHECK(uart_driver_install(UART_NUM_0, 512, 512, 0, NULL, 0));
    wifi_start();
    xTaskCreate(bridge_task, "bridge", 5120, NULL, 4, NULL);
}
