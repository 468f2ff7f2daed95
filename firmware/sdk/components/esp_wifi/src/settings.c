// SPDX-License-Identifier: Apache-2.0

/** @file The station's settings, and those of a radio, which are kept and have no effect. */

#include <string.h>

#include "esp_wifi.h"
#include "wifi_station.h"

esp_err_t esp_wifi_set_mode(wifi_mode_t mode)
{
    CHECK_INITIALISED();
    if (mode >= WIFI_MODE_MAX) {
        return ESP_ERR_INVALID_ARG;
    }
    if (mode != WIFI_MODE_NULL && mode != WIFI_MODE_STA) {
        return ESP_ERR_NOT_SUPPORTED;
    }
    wifi_station.mode = mode;
    return ESP_OK;
}

esp_err_t esp_wifi_get_mode(wifi_mode_t *mode)
{
    CHECK_INITIALISED();
    if (mode == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    *mode = wifi_station.mode;
    return ESP_OK;
}

esp_err_t esp_wifi_restore(void)
{
    CHECK_INITIALISED();
    wifi_station.mode = WIFI_MODE_STA;
    memset(&wifi_station.config, 0, sizeof(wifi_station.config));
    return ESP_OK;
}

esp_err_t esp_wifi_set_config(wifi_interface_t interface, wifi_config_t *conf)
{
    CHECK_INITIALISED();
    if (conf == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    if (interface != WIFI_IF_STA) {
        return ESP_ERR_WIFI_IF;
    }
    if (wifi_station.mode != WIFI_MODE_STA) {
        return ESP_ERR_WIFI_MODE;
    }
    wifi_station.config = conf->sta;
    return ESP_OK;
}

esp_err_t esp_wifi_get_config(wifi_interface_t interface, wifi_config_t *conf)
{
    CHECK_INITIALISED();
    if (conf == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    if (interface != WIFI_IF_STA) {
        return ESP_ERR_WIFI_IF;
    }
    conf->sta = wifi_station.config;
    return ESP_OK;
}

esp_err_t esp_wifi_set_storage(wifi_storage_t storage)
{
    CHECK_INITIALISED();
    return storage == WIFI_STORAGE_FLASH || storage == WIFI_STORAGE_RAM ? ESP_OK : ESP_ERR_INVALID_ARG;
}

esp_err_t esp_wifi_set_mac(wifi_interface_t ifx, const uint8_t mac[6])
{
    CHECK_INITIALISED();
    if (ifx != WIFI_IF_STA) {
        return ESP_ERR_WIFI_IF;
    }
    if (mac == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    if (mac[0] & 1) {
        return ESP_ERR_WIFI_MAC; // a group's address
    }
    if (wifi_station.is_started) {
        return ESP_ERR_WIFI_STATE;
    }
    memcpy(wifi_station.mac, mac, sizeof(wifi_station.mac));
    return ESP_OK;
}

esp_err_t esp_wifi_get_mac(wifi_interface_t ifx, uint8_t mac[6])
{
    CHECK_INITIALISED();
    if (ifx != WIFI_IF_STA) {
        return ESP_ERR_WIFI_IF;
    }
    memcpy(mac, wifi_station.mac, sizeof(wifi_station.mac));
    return ESP_OK;
}

esp_err_t esp_wifi_set_ps(wifi_ps_type_t type)
{
    CHECK_INITIALISED();
    wifi_station.power_save = type;
    return ESP_OK;
}

esp_err_t esp_wifi_get_ps(wifi_ps_type_t *type)
{
    CHECK_INITIALISED();
    if (type == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    *type = wifi_station.power_save;
    return ESP_OK;
}

esp_err_t esp_wifi_set_protocol(wifi_interface_t ifx, uint8_t protocol_bitmap)
{
    (void)protocol_bitmap;
    CHECK_INITIALISED();
    return ifx == WIFI_IF_STA ? ESP_OK : ESP_ERR_WIFI_IF;
}

esp_err_t esp_wifi_set_bandwidth(wifi_interface_t ifx, wifi_bandwidth_t bw)
{
    (void)bw;
    CHECK_INITIALISED();
    return ifx == WIFI_IF_STA ? ESP_OK : ESP_ERR_WIFI_IF;
}

esp_err_t esp_wifi_set_channel(uint8_t primary, wifi_second_chan_t second)
{
    (void)primary, (void)second;
    CHECK_INITIALISED();
    return ESP_OK;
}

esp_err_t esp_wifi_get_channel(uint8_t *primary, wifi_second_chan_t *second)
{
    CHECK_INITIALISED();
    if (primary == NULL || second == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    *primary = WIFI_CHANNEL;
    *second = WIFI_SECOND_CHAN_NONE;
    return ESP_OK;
}

esp_err_t esp_wifi_set_country_code(const char *country, bool ieee80211d_enabled)
{
    (void)ieee80211d_enabled;
    CHECK_INITIALISED();
    return country != NULL ? ESP_OK : ESP_ERR_INVALID_ARG;
}

esp_err_t esp_wifi_set_max_tx_power(int8_t power)
{
    CHECK_INITIALISED();
    if (!wifi_station.is_started) {
        return ESP_ERR_WIFI_NOT_STARTED;
    }
    if (power < 8 || power > 84) {
        return ESP_ERR_INVALID_ARG;
    }
    wifi_station.tx_power = power;
    return ESP_OK;
}

esp_err_t esp_wifi_get_max_tx_power(int8_t *power)
{
    CHECK_INITIALISED();
    if (!wifi_station.is_started) {
        return ESP_ERR_WIFI_NOT_STARTED;
    }
    if (power == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    *power = wifi_station.tx_power != 0 ? wifi_station.tx_power : 80;
    return ESP_OK;
}

esp_err_t esp_wifi_set_inactive_time(wifi_interface_t ifx, uint16_t sec)
{
    CHECK_INITIALISED();
    if (ifx != WIFI_IF_STA) {
        return ESP_ERR_WIFI_IF;
    }
    return sec >= 3 ? ESP_OK : ESP_ERR_INVALID_ARG;
}
