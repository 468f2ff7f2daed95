// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file Ready-made configurations of the usual interfaces, with ESP-IDF's names, keys and route priorities. */

#include "esp_compiler.h"
#include "esp_netif_types.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A Wi-Fi station: DHCP client, key "WIFI_STA_DEF", described as "sta". */
#define ESP_NETIF_INHERENT_DEFAULT_WIFI_STA()                                                   \
    {                                                                                           \
        .flags = (esp_netif_flags_t)(ESP_NETIF_DHCP_CLIENT | ESP_NETIF_FLAG_EVENT_IP_MODIFIED), \
        .mac = {0},                                                                             \
        .ip_info = NULL,                                                                        \
        .get_ip_event = IP_EVENT_STA_GOT_IP,                                                    \
        .lost_ip_event = IP_EVENT_STA_LOST_IP,                                                  \
        .if_key = "WIFI_STA_DEF",                                                               \
        .if_desc = "sta",                                                                       \
        .route_prio = 100,                                                                      \
        .bridge_info = NULL,                                                                    \
    }

/** Ethernet: DHCP client, key "ETH_DEF", described as "eth". */
#define ESP_NETIF_INHERENT_DEFAULT_ETH()                                                        \
    {                                                                                           \
        .flags = (esp_netif_flags_t)(ESP_NETIF_DHCP_CLIENT | ESP_NETIF_FLAG_EVENT_IP_MODIFIED), \
        .mac = {0},                                                                             \
        .ip_info = NULL,                                                                        \
        .get_ip_event = IP_EVENT_ETH_GOT_IP,                                                    \
        .lost_ip_event = IP_EVENT_ETH_LOST_IP,                                                  \
        .if_key = "ETH_DEF",                                                                    \
        .if_desc = "eth",                                                                       \
        .route_prio = 50,                                                                       \
        .bridge_info = NULL,                                                                    \
    }

#define ESP_NETIF_BASE_DEFAULT_WIFI_STA &_g_esp_netif_inherent_sta_config
#define ESP_NETIF_BASE_DEFAULT_ETH &_g_esp_netif_inherent_eth_config
#define ESP_NETIF_NETSTACK_DEFAULT_ETH _g_esp_netif_netstack_default_eth
#define ESP_NETIF_NETSTACK_DEFAULT_WIFI_STA _g_esp_netif_netstack_default_wifi_sta

/** A whole esp_netif_config_t for Ethernet. */
#define ESP_NETIF_DEFAULT_ETH()                  \
    {                                            \
        .base = ESP_NETIF_BASE_DEFAULT_ETH,      \
        .driver = NULL,                          \
        .stack = ESP_NETIF_NETSTACK_DEFAULT_ETH, \
    }
/** A whole esp_netif_config_t for a Wi-Fi station. */
#define ESP_NETIF_DEFAULT_WIFI_STA()                  \
    {                                                 \
        .base = ESP_NETIF_BASE_DEFAULT_WIFI_STA,      \
        .driver = NULL,                               \
        .stack = ESP_NETIF_NETSTACK_DEFAULT_WIFI_STA, \
    }

extern const esp_netif_netstack_config_t *_g_esp_netif_netstack_default_eth;
extern const esp_netif_netstack_config_t *_g_esp_netif_netstack_default_wifi_sta;
extern const esp_netif_inherent_config_t _g_esp_netif_inherent_sta_config;
extern const esp_netif_inherent_config_t _g_esp_netif_inherent_eth_config;

#ifdef __cplusplus
}
#endif
