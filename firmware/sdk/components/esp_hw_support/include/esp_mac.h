// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file MAC addresses derived from the one in eFuse (ESP-IDF's esp_mac.h). All are 6 bytes. */

#include <stddef.h>
#include <stdint.h>

#include "esp_err.h"
#include "sdkconfig.h"

#ifndef MAC2STR
#define MAC2STR(a) (a)[0], (a)[1], (a)[2], (a)[3], (a)[4], (a)[5]
#define MACSTR "%02x:%02x:%02x:%02x:%02x:%02x"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** Base address, and the addresses made from it: Wi-Fi station +0, soft AP +1, Bluetooth +2, Ethernet +3. */
typedef enum {
    ESP_MAC_WIFI_STA,
    ESP_MAC_WIFI_SOFTAP,
    ESP_MAC_BT,
    ESP_MAC_ETH,
    ESP_MAC_IEEE802154,
    ESP_MAC_BASE,
    ESP_MAC_EFUSE_FACTORY,
    ESP_MAC_EFUSE_CUSTOM,
    ESP_MAC_EFUSE_EXT,
} esp_mac_type_t;

/** Replaces the base address. ESP_ERR_INVALID_ARG for NULL or a group address. */
esp_err_t esp_base_mac_addr_set(const uint8_t *mac);
esp_err_t esp_base_mac_addr_get(uint8_t *mac);
/** The address in eFuse. */
esp_err_t esp_efuse_mac_get_default(uint8_t *mac);
/** ESP_ERR_NOT_SUPPORTED: no custom address is programmed. */
esp_err_t esp_efuse_mac_get_custom(uint8_t *mac);
esp_err_t esp_read_mac(uint8_t *mac, esp_mac_type_t type);
/** Replaces the address of one interface. */
esp_err_t esp_iface_mac_addr_set(const uint8_t *mac, esp_mac_type_t type);
/** A locally administered address made from a universal one. */
esp_err_t esp_derive_local_mac(uint8_t *local_mac, const uint8_t *universal_mac);
size_t esp_mac_addr_len_get(esp_mac_type_t type);

#ifdef __cplusplus
}
#endif
