// SPDX-License-Identifier: Apache-2.0

/** @file example_connect(): the board's Ethernet, up to an IPv4 address. Log lines as in ESP-IDF's examples. */

#include <assert.h>
#include <string.h>

#include "esp_event.h"
#include "esp_log.h"
#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"
#include "protocol_examples_common.h"

static const char *TAG = "example_common";
static const char *TAG_ETHERNET = "ethernet_connect";

static SemaphoreHandle_t s_has_address;
static esp_netif_t *s_netif;
static esp_eth_handle_t s_driver;
static esp_eth_mac_t *s_mac;
static esp_eth_phy_t *s_phy;
static esp_eth_netif_glue_handle_t s_glue;

static void on_got_ip(void *argument, esp_event_base_t base, int32_t id, void *data)
{
    (void)argument, (void)base, (void)id;
    const ip_event_got_ip_t *event = data;
    if (event->esp_netif == s_netif) {
        ESP_LOGI(TAG_ETHERNET, "Got IPv4 event: Interface \"%s\" address: " IPSTR, esp_netif_get_desc(s_netif),
                 IP2STR(&event->ip_info.ip));
        xSemaphoreGive(s_has_address);
    }
}

static void start_ethernet(void)
{
    esp_netif_inherent_config_t base = ESP_NETIF_INHERENT_DEFAULT_ETH();
    base.if_desc = EXAMPLE_NETIF_DESC_ETH;
    base.route_prio = 64;
    esp_netif_config_t config = {.base = &base, .stack = ESP_NETIF_NETSTACK_DEFAULT_ETH};
    s_netif = esp_netif_new(&config);
    assert(s_netif);
    eth_mac_config_t mac_config = ETH_MAC_DEFAULT_CONFIG();
    eth_phy_config_t phy_config = ETH_PHY_DEFAULT_CONFIG();
    s_mac = esp_eth_mac_new_openeth(&mac_config);
    s_phy = esp_eth_phy_new_dp83848(&phy_config);
    esp_eth_config_t driver_config = ETH_DEFAULT_CONFIG(s_mac, s_phy);
    ESP_ERROR_CHECK(esp_eth_driver_install(&driver_config, &s_driver));
    uint8_t address[ETH_ADDR_LEN] = {0x02, 0x00, 0x00, 0x12, 0x34, 0x56};
    ESP_ERROR_CHECK(esp_eth_ioctl(s_driver, ETH_CMD_S_MAC_ADDR, address));
    s_glue = esp_eth_new_netif_glue(s_driver);
    ESP_ERROR_CHECK(esp_netif_attach(s_netif, s_glue));
    ESP_ERROR_CHECK(esp_event_handler_register(IP_EVENT, IP_EVENT_ETH_GOT_IP, on_got_ip, NULL));
    ESP_ERROR_CHECK(esp_eth_start(s_driver));
}

esp_err_t example_connect(void)
{
    s_has_address = xSemaphoreCreateBinary();
    if (s_has_address == NULL) {
        return ESP_ERR_NO_MEM;
    }
    start_ethernet();
    ESP_LOGI(TAG_ETHERNET, "Waiting for IP(s).");
    xSemaphoreTake(s_has_address, portMAX_DELAY);
    esp_netif_ip_info_t info;
    ESP_ERROR_CHECK(esp_netif_get_ip_info(s_netif, &info));
    ESP_LOGI(TAG, "Connected to %s", esp_netif_get_desc(s_netif));
    ESP_LOGI(TAG, "- IPv4 address: " IPSTR ",", IP2STR(&info.ip));
    return ESP_OK;
}

esp_err_t example_disconnect(void)
{
    if (s_driver == NULL) {
        return ESP_OK;
    }
    ESP_ERROR_CHECK(esp_event_handler_unregister(IP_EVENT, IP_EVENT_ETH_GOT_IP, on_got_ip));
    ESP_ERROR_CHECK(esp_eth_stop(s_driver));
    ESP_ERROR_CHECK(esp_eth_del_netif_glue(s_glue));
    ESP_ERROR_CHECK(esp_eth_driver_uninstall(s_driver));
    s_driver = NULL;
    ESP_ERROR_CHECK(s_phy->del(s_phy));
    ESP_ERROR_CHECK(s_mac->del(s_mac));
    esp_netif_destroy(s_netif);
    s_netif = NULL;
    vSemaphoreDelete(s_has_address);
    return ESP_OK;
}

static bool has_description(esp_netif_t *netif, void *description)
{
    return strcmp(description, esp_netif_get_desc(netif)) == 0;
}

esp_netif_t *get_example_netif_from_desc(const char *desc)
{
    return esp_netif_find_if(has_description, (void *)desc);
}

esp_eth_handle_t get_example_eth_handle(void)
{
    return s_driver;
}
