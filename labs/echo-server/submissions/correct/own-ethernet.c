// SPDX-License-Identifier: Apache-2.0
// Submission: brings up the board's Ethernet itself, and sends back from a buffer of 1460 bytes.
// verdict: pass

#include <errno.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/semphr.h"
#include "esp_eth.h"
#include "esp_event.h"
#include "esp_log.h"
#include "esp_netif.h"
#include "lwip/sockets.h"

static const char *TAG = "ethernet";

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

static void talk(int sock)
{
    static char segment[1460];
    int received;
    while ((received = recv(sock, segment, sizeof(segment), 0)) > 0) {
        int remaining = received;
        while (remaining > 0) {
            int written = send(sock, segment + (received - remaining), remaining, 0);
            if (written < 0) {
                ESP_LOGE(TAG, "send: errno %d", errno);
                return;
            }
            remaining -= written;
        }
    }
    ESP_LOGI(TAG, "%s", received == 0 ? "closed" : "broken");
}

void app_main(void)
{
    start_network();

    int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
    int reuse = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof(reuse));
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_ANY),
        .sin_port = htons(3333),
    };
    ESP_ERROR_CHECK(bind(listener, (struct sockaddr *)&address, sizeof(address)));
    ESP_ERROR_CHECK(listen(listener, 1));

    for (;;) {
        int sock = accept(listener, NULL, NULL);
        if (sock < 0) {
            ESP_LOGE(TAG, "accept: errno %d", errno);
            vTaskDelay(pdMS_TO_TICKS(100));
            continue;
        }
        int alive = 1, idle = 3, interval = 2, count = 4;
        setsockopt(sock, SOL_SOCKET, SO_KEEPALIVE, &alive, sizeof(int));
        setsockopt(sock, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof(int));
        setsockopt(sock, IPPROTO_TCP, TCP_KEEPINTVL, &interval, sizeof(int));
        setsockopt(sock, IPPROTO_TCP, TCP_KEEPCNT, &count, sizeof(int));
        talk(sock);
        close(sock);
    }
}
