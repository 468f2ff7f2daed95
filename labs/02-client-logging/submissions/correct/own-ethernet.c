// SPDX-License-Identifier: Apache-2.0
// Submission: brings up the board's Ethernet itself, and writes addresses byte by byte.
// verdict: pass

#include <errno.h>
#include <stdio.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/semphr.h"
#include "esp_eth.h"
#include "esp_event.h"
#include "esp_log.h"
#include "esp_netif.h"
#include "lwip/sockets.h"

static const char *TAG = "door";

static void on_address(void *arg, esp_event_base_t base, int32_t id, void *data)
{
    (void)base, (void)id;
    const ip_event_got_ip_t *event = data;
    ESP_LOGI(TAG, "address " IPSTR, IP2STR(&event->ip_info.ip));
    xSemaphoreGive((SemaphoreHandle_t)arg);
}

// The board's Ethernet (an OpenCores MAC), as ESP-IDF's Ethernet examples start theirs.
static void start_network(void)
{
    SemaphoreHandle_t ready = xSemaphoreCreateBinary();
    ESP_ERROR_CHECK(esp_netif_init());
    ESP_ERROR_CHECK(esp_event_loop_create_default());

    esp_netif_config_t netif_config = ESP_NETIF_DEFAULT_ETH();
    esp_netif_t *netif = esp_netif_new(&netif_config);

    eth_mac_config_t mac_config = ETH_MAC_DEFAULT_CONFIG();
    eth_phy_config_t phy_config = ETH_PHY_DEFAULT_CONFIG();
    phy_config.autonego_timeout_ms = 100;
    esp_eth_mac_t *mac = esp_eth_mac_new_openeth(&mac_config);
    esp_eth_phy_t *phy = esp_eth_phy_new_dp83848(&phy_config);
    esp_eth_config_t eth_config = ETH_DEFAULT_CONFIG(mac, phy);
    esp_eth_handle_t eth = NULL;
    ESP_ERROR_CHECK(esp_eth_driver_install(&eth_config, &eth));
    ESP_ERROR_CHECK(esp_netif_attach(netif, esp_eth_new_netif_glue(eth)));

    ESP_ERROR_CHECK(esp_event_handler_register(IP_EVENT, IP_EVENT_ETH_GOT_IP, on_address, ready));
    ESP_ERROR_CHECK(esp_eth_start(eth));
    xSemaphoreTake(ready, portMAX_DELAY);
}

static void handle_client(int sock, const struct sockaddr_in *from)
{
    const uint8_t *ip = (const uint8_t *)&from->sin_addr.s_addr;
    const uint8_t *port = (const uint8_t *)&from->sin_port;
    char name[32];
    snprintf(name, sizeof(name), "%d.%d.%d.%d#%d", ip[0], ip[1], ip[2], ip[3], port[0] << 8 | port[1]);

    ESP_LOGI(TAG, "+ %s", name);
    char byte;
    int result;
    while ((result = recv(sock, &byte, 1, 0)) == 1) {
        if (send(sock, &byte, 1, 0) != 1) {
            break;
        }
    }
    ESP_LOGI(TAG, "- %s (%s)", name, result == 0 ? "closed" : "error");
}

void app_main(void)
{
    start_network();

    int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(3333)};
    ESP_ERROR_CHECK(bind(listener, (struct sockaddr *)&address, sizeof(address)));
    ESP_ERROR_CHECK(listen(listener, 3));

    for (;;) {
        struct sockaddr_in from;
        socklen_t from_length = sizeof(from);
        int sock = accept(listener, (struct sockaddr *)&from, &from_length);
        if (sock < 0) {
            ESP_LOGE(TAG, "accept: errno %d", errno);
            vTaskDelay(pdMS_TO_TICKS(100));
            continue;
        }
        int alive = 1, idle = 6, interval = 3, count = 4;
        setsockopt(sock, SOL_SOCKET, SO_KEEPALIVE, &alive, sizeof(int));
        setsockopt(sock, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof(int));
        setsockopt(sock, IPPROTO_TCP, TCP_KEEPINTVL, &interval, sizeof(int));
        setsockopt(sock, IPPROTO_TCP, TCP_KEEPCNT, &count, sizeof(int));
        handle_client(sock, &from);
        close(sock);
    }
}
