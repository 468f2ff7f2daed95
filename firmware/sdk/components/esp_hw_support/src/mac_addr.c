// SPDX-License-Identifier: Apache-2.0

/** @file MAC addresses. */

#include <stdbool.h>
#include <string.h>

#include "esp_log.h"
#include "esp_mac.h"
#include "soc/soc.h"

/** The factory's address, last byte first in the first word. */
#define EFUSE_RD_MAC_SPI_SYS_0_REG (DR_REG_EFUSE_BASE + 0x44)
#define EFUSE_RD_MAC_SPI_SYS_1_REG (DR_REG_EFUSE_BASE + 0x48)
#define LENGTH 6

static const char *TAG = "system_api";

static uint8_t base[LENGTH];
static bool base_set;
static uint8_t own[ESP_MAC_BASE][LENGTH];
static bool own_set[ESP_MAC_BASE];

esp_err_t esp_efuse_mac_get_default(uint8_t *mac)
{
    if (mac == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    uint32_t low = REG_READ(EFUSE_RD_MAC_SPI_SYS_0_REG), high = REG_READ(EFUSE_RD_MAC_SPI_SYS_1_REG);
    const uint8_t bytes[LENGTH] = {(uint8_t)(high >> 8), (uint8_t)high,        (uint8_t)(low >> 24),
                                   (uint8_t)(low >> 16), (uint8_t)(low >> 8), (uint8_t)low};
    memcpy(mac, bytes, LENGTH);
    return ESP_OK;
}

esp_err_t esp_efuse_mac_get_custom(uint8_t *mac)
{
    (void)mac;
    return ESP_ERR_NOT_SUPPORTED;
}

/** Whether an address may be an interface's; says so if not. */
static bool is_usable(const uint8_t *mac, const char *what)
{
    if (mac == NULL) {
        ESP_LOGE(TAG, "mac address param is NULL");
        return false;
    }
    if (mac[0] & 1) {
        ESP_LOGE(TAG, "%s must be a unicast MAC", what);
        return false;
    }
    return true;
}

esp_err_t esp_base_mac_addr_set(const uint8_t *mac)
{
    if (!is_usable(mac, "Base MAC")) {
        return ESP_ERR_INVALID_ARG;
    }
    memcpy(base, mac, LENGTH);
    base_set = true;
    return ESP_OK;
}

esp_err_t esp_base_mac_addr_get(uint8_t *mac)
{
    if (mac == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    if (!base_set) {
        return esp_efuse_mac_get_default(mac);
    }
    memcpy(mac, base, LENGTH);
    return ESP_OK;
}

esp_err_t esp_read_mac(uint8_t *mac, esp_mac_type_t type)
{
    if (mac == NULL) {
        ESP_LOGE(TAG, "mac address param is NULL");
        return ESP_ERR_INVALID_ARG;
    }
    if (type > ESP_MAC_EFUSE_EXT) {
        ESP_LOGE(TAG, "%d mac type is incorrect (not found)", type);
        return ESP_ERR_NOT_SUPPORTED;
    }
    switch (type) {
    case ESP_MAC_EFUSE_FACTORY:
        return esp_efuse_mac_get_default(mac);
    case ESP_MAC_BASE:
        return esp_base_mac_addr_get(mac);
    case ESP_MAC_IEEE802154:
    case ESP_MAC_EFUSE_CUSTOM:
    case ESP_MAC_EFUSE_EXT:
        return ESP_ERR_NOT_SUPPORTED;
    default:
        break;
    }
    if (own_set[type]) {
        memcpy(mac, own[type], LENGTH);
        return ESP_OK;
    }
    esp_base_mac_addr_get(mac);
    // The enumeration is in the order of the offsets.
    mac[5] = (uint8_t)(mac[5] + type);
    // It stays as it was first read, whatever becomes of the base address.
    memcpy(own[type], mac, LENGTH);
    own_set[type] = true;
    return ESP_OK;
}

esp_err_t esp_iface_mac_addr_set(const uint8_t *mac, esp_mac_type_t type)
{
    if (!is_usable(mac, "Interface MAC")) {
        return ESP_ERR_INVALID_ARG;
    }
    if (type == ESP_MAC_BASE) {
        return esp_base_mac_addr_set(mac);
    }
    if (type >= ESP_MAC_BASE) {
        return ESP_ERR_NOT_SUPPORTED;
    }
    memcpy(own[type], mac, LENGTH);
    own_set[type] = true;
    return ESP_OK;
}

esp_err_t esp_derive_local_mac(uint8_t *local_mac, const uint8_t *universal_mac)
{
    if (local_mac == NULL || universal_mac == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    memcpy(local_mac, universal_mac, LENGTH);
    // Bit 1 of the first byte marks a local address; a marked one gets another bit changed, to differ.
    local_mac[0] = (universal_mac[0] & 2) ? universal_mac[0] ^ 4 : universal_mac[0] | 2;
    return ESP_OK;
}

size_t esp_mac_addr_len_get(esp_mac_type_t type)
{
    return type == ESP_MAC_IEEE802154 ? 8 : type == ESP_MAC_EFUSE_EXT ? 2 : LENGTH;
}
