// SPDX-License-Identifier: Apache-2.0
// Submission: writes out esp_eth with OpenETH, sends each header with a send() of its own, and prints byte by byte.
// verdict: pass

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/semphr.h"
#include "esp_eth.h"
#include "esp_event.h"
#include "esp_log.h"
#include "esp_netif.h"
#include "lwip/netdb.h"
#include "lwip/sockets.h"

static const char *TAG = "eth_get";
static SemaphoreHandle_t has_address;

static void on_address(void *arg, esp_event_base_t base, int32_t id, void *data)
{
    (void)arg, (void)base, (void)id;
    ip_event_got_ip_t *event = data;
    ESP_LOGI(TAG, "address " IPSTR, IP2STR(&event->ip_info.ip));
    xSemaphoreGive(has_address);
}

static void start_network(void)
{
    has_address = xSemaphoreCreateBinary();
    ESP_ERROR_CHECK(esp_netif_init());
    ESP_ERROR_CHECK(esp_event_loop_create_default());
    esp_netif_config_t netif_config = ESP_NETIF_DEFAULT_ETH();
    esp_netif_t *netif = esp_netif_new(&netif_config);

    eth_mac_config_t mac_config = ETH_MAC_DEFAULT_CONFIG();
    eth_phy_config_t phy_config = ETH_PHY_DEFAULT_CONFIG();
    phy_config.autonego_timeout_ms = 100;
    esp_eth_mac_t *mac = esp_eth_mac_new_openeth(&mac_config);
    esp_eth_phy_t *phy = esp_eth_phy_new_dp83848(&phy_config);
    esp_eth_config_t config = ETH_DEFAULT_CONFIG(mac, phy);
    esp_eth_handle_t driver = NULL;
    ESP_ERROR_CHECK(esp_eth_driver_install(&config, &driver));
    uint8_t address[6] = {0x02, 0x00, 0x00, 0xab, 0xcd, 0xef};
    ESP_ERROR_CHECK(esp_eth_ioctl(driver, ETH_CMD_S_MAC_ADDR, address));
    ESP_ERROR_CHECK(esp_netif_attach(netif, esp_eth_new_netif_glue(driver)));
    ESP_ERROR_CHECK(esp_event_handler_register(IP_EVENT, IP_EVENT_ETH_GOT_IP, on_address, NULL));
    ESP_ERROR_CHECK(esp_eth_start(driver));
    xSemaphoreTake(has_address, portMAX_DELAY);
}

static bool put(int sock, const char *line)
{
    size_t length = strlen(line);
    return send(sock, line, length, 0) == (ssize_t)length && send(sock, "\r\n", 2, 0) == 2;
}

static void get_task(void *arg)
{
    (void)arg;
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
    struct addrinfo *server;
    int result = getaddrinfo("httpbin.org", "80", &hints, &server);
    if (result != 0) {
        ESP_LOGE(TAG, "lookup: %d", result);
        vTaskDelete(NULL);
    }
    int sock = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    if (sock < 0 || connect(sock, server->ai_addr, server->ai_addrlen) != 0) {
        ESP_LOGE(TAG, "connect: %d", errno);
    } else if (put(sock, "GET /ip HTTP/1.1") && put(sock, "Host: httpbin.org") && put(sock, "User-Agent: esp32")
               && put(sock, "Accept: */*") && put(sock, "Connection: close") && put(sock, "")) {
        char c;
        while (recv(sock, &c, 1, 0) == 1) {
            putchar(c);
        }
        putchar('\n');
    }
    freeaddrinfo(server);
    if (sock >= 0) {
        close(sock);
    }
    vTaskDelete(NULL);
}

void app_main(void)
{
    start_network();
    xTaskCreatePinnedToCore(get_task, "get", 5120, NULL, 10, NULL, 0);
}
