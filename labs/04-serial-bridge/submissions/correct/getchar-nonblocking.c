// SPDX-License-Identifier: Apache-2.0
// Submission: brings up the board's Ethernet itself; getchar() every 10 ms; non-blocking socket; prints lines with a prefix.
// verdict: pass

#include <errno.h>
#include <stdio.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/semphr.h"
#include "esp_eth.h"
#include "esp_event.h"
#include "esp_log.h"
#include "esp_netif.h"
#include "lwip/sockets.h"

#define SERVER      "10.0.2.2"
#define SERVER_PORT 5000

static const char *TAG = "bridge";

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

struct bridge {
    int sock;
    char out[512]; // typed, not sent yet
    int out_length;
};

static void type(struct bridge *bridge)
{
    int c;
    while (bridge->out_length < (int)sizeof(bridge->out) && (c = getchar()) != EOF) {
        bridge->out[bridge->out_length++] = c;
    }
}

static bool flush(struct bridge *bridge)
{
    if (bridge->out_length == 0) {
        return true;
    }
    int sent = send(bridge->sock, bridge->out, bridge->out_length, 0);
    if (sent < 0) {
        return errno == EAGAIN;
    }
    bridge->out_length -= sent;
    memmove(bridge->out, bridge->out + sent, bridge->out_length);
    return true;
}

static bool print(struct bridge *bridge)
{
    char in[256];
    int count = recv(bridge->sock, in, sizeof(in) - 1, 0);
    if (count <= 0) {
        return count < 0 && errno == EAGAIN;
    }
    in[count] = '\0';
    printf("From server (%d bytes): %s\n", count, in);
    return true;
}

static bool open_connection(struct bridge *bridge)
{
    struct sockaddr_in server = {
        .sin_family = AF_INET,
        .sin_port = htons(SERVER_PORT),
        .sin_addr.s_addr = inet_addr(SERVER),
    };
    bridge->out_length = 0;
    bridge->sock = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    if (bridge->sock < 0 || connect(bridge->sock, (struct sockaddr *)&server, sizeof(server)) != 0) {
        ESP_LOGW(TAG, "%s:%d does not answer: errno %d", SERVER, SERVER_PORT, errno);
        close(bridge->sock);
        return false;
    }
    ESP_LOGI(TAG, "%s:%d is there", SERVER, SERVER_PORT);
    return fcntl(bridge->sock, F_SETFL, O_NONBLOCK) == 0;
}

void app_main(void)
{
    static struct bridge bridge;
    start_network();
    for (;;) {
        if (open_connection(&bridge)) {
            while (print(&bridge) && flush(&bridge)) {
                type(&bridge);
                vTaskDelay(pdMS_TO_TICKS(10));
            }
            ESP_LOGW(TAG, "lost the server");
            close(bridge.sock);
        }
        vTaskDelay(pdMS_TO_TICKS(5000));
    }
}
