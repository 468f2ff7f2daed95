// SPDX-License-Identifier: Apache-2.0

/** @file The ready-made configurations of "esp_netif_defaults.h". */

#include "netif_object.h"

const esp_netif_inherent_config_t _g_esp_netif_inherent_sta_config = ESP_NETIF_INHERENT_DEFAULT_WIFI_STA();
const esp_netif_inherent_config_t _g_esp_netif_inherent_eth_config = ESP_NETIF_INHERENT_DEFAULT_ETH();

static const esp_netif_netstack_config_t s_ethernet = {.init = esp_netif_ethernet_init};
static const esp_netif_netstack_config_t s_wifi_sta = {.init = esp_netif_ethernet_init};

const esp_netif_netstack_config_t *_g_esp_netif_netstack_default_eth = &s_ethernet;
const esp_netif_netstack_config_t *_g_esp_netif_netstack_default_wifi_sta = &s_wifi_sta;
