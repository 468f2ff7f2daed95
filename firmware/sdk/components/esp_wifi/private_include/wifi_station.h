// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file The inside of the Wi-Fi station, shared by the files of this component. */

#include <stdbool.h>
#include <stdint.h>

#include "esp_netif.h"
#include "esp_wifi_types.h"

/** What the station tells of a radio that is not there. */
#define WIFI_CHANNEL 1
#define WIFI_SIGNAL (-40)

#define CHECK_INITIALISED()               \
    do {                                  \
        if (!wifi_station.is_initialised) { \
            return ESP_ERR_WIFI_NOT_INIT; \
        }                                 \
    } while (0)

/** The station. */
struct wifi_station {
    bool is_initialised;
    bool is_started;
    bool is_connected;
    wifi_mode_t mode;
    wifi_sta_config_t config;
    wifi_ps_type_t power_save;
    int8_t tx_power; ///< quarters of a dBm
    uint8_t mac[6];
    uint16_t found; ///< networks found by the last scan
    esp_netif_t *netif;
};

extern struct wifi_station wifi_station;

/** How the network that is set is protected: by its password, if any. */
wifi_auth_mode_t wifi_station_authmode(void);
/** Describes the one network that there is. */
void wifi_station_describe_access_point(wifi_ap_record_t *record);
