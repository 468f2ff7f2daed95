// SPDX-License-Identifier: Apache-2.0
// Submission: esp_eth with OpenETH written out; a software timer starts each attempt, which runs in a task of its own.
// verdict: pass

#include <errno.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/timers.h"
#include "esp_eth.h"
#include "esp_event.h"
#include "esp_log.h"
#include "esp_netif.h"
#include "lwip/netdb.h"
#include "lwip/sockets.h"

#define LAST_ATTEMPT 5

static const char *TAG = "backoff";
static TaskHandle_t client;
static TimerHandle_t timer;
static struct sockaddr_storage server;

static void wake(TimerHandle_t which)
{
    (void)which;
    xTaskNotifyGive(client);
}

static void got_address(void *arg, esp_event_base_t base, int32_t id, void *data)
{
    (void)arg, (void)base, (void)id, (void)data;
    xTaskNotifyGive(client);
}

static void ethernet_start(void)
{
    ESP_ERROR_CHECK(esp_netif_init());
    ESP_ERROR_CHECK(esp_event_loop_create_default());
    esp_netif_config_t netif_config = ESP_NETIF_DEFAULT_ETH();
    esp_netif_t *netif = esp_netif_new(&netif_config);
    eth_mac_config_t mac_config = ETH_MAC_DEFAULT_CONFIG();
    eth_phy_config_t phy_config = ETH_PHY_DEFAULT_CONFIG();
    esp_eth_mac_t *mac = esp_eth_mac_new_openeth(&mac_config);
    esp_eth_phy_t *phy = esp_eth_phy_new_dp83848(&phy_config);
    esp_eth_config_t config = ETH_DEFAULT_CONFIG(mac, phy);
    esp_eth_handle_t handle = NULL;
    ESP_ERROR_CHECK(esp_eth_driver_install(&config, &handle));
    uint8_t address[6] = {0x02, 0xca, 0xfe, 0x00, 0x00, 0x05};
    ESP_ERROR_CHECK(esp_eth_ioctl(handle, ETH_CMD_S_MAC_ADDR, address));
    ESP_ERROR_CHECK(esp_netif_attach(netif, esp_eth_new_netif_glue(handle)));
    ESP_ERROR_CHECK(esp_event_handler_register(IP_EVENT, IP_EVENT_ETH_GOT_IP, got_address, NULL));
    ESP_ERROR_CHECK(esp_eth_start(handle));
}

static int connect_now(int attempt)
{
    ESP_LOGI(TAG, "connecting, attempt no. %d", attempt);
    int sock = socket(server.ss_family, SOCK_STREAM, 0);
    if (connect(sock, (struct sockaddr *)&server, server.s2_len) != 0) {
        ESP_LOGW(TAG, "attempt no. %d: errno %d", attempt, errno);
        close(sock);
        return -1;
    }
    return sock;
}

static void client_task(void *arg)
{
    (void)arg;
    client = xTaskGetCurrentTaskHandle();
    timer = xTimerCreate("retry", 1, pdFALSE, NULL, wake);
    ethernet_start();
    ulTaskNotifyTake(pdTRUE, portMAX_DELAY);

    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *found;
    if (getaddrinfo("tcpbin.com", "4242", &hints, &found) != 0) {
        ESP_LOGE(TAG, "no such host");
        vTaskDelete(NULL);
    }
    memcpy(&server, found->ai_addr, found->ai_addrlen);
    server.s2_len = found->ai_addrlen;
    freeaddrinfo(found);

    int sock = -1;
    float seconds = 1;
    for (int attempt = 1; (sock = connect_now(attempt)) < 0 && attempt < LAST_ATTEMPT; attempt++) {
        ESP_LOGI(TAG, "pause of %.1f s", seconds);
        xTimerChangePeriod(timer, pdMS_TO_TICKS((int)(seconds * 1000)), portMAX_DELAY);
        ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
        seconds *= 2;
    }
    if (sock < 0) {
        ESP_LOGE(TAG, "server unreachable");
    } else {
        ESP_LOGI(TAG, "online");
        send(sock, "ESP32 is online\n", 16, 0);
        vTaskDelay(pdMS_TO_TICKS(5000));
        close(sock);
    }
    vTaskDelete(NULL);
}

void app_main(void)
{
    xTaskCreate(client_task, "client", 5120, NULL, 5, NULL);
}
