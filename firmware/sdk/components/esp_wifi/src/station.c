// SPDX-License-Identifier: Apache-2.0

/** @file The station's states: initialised, started, connected. */

#include <stdlib.h>
#include <string.h>

#include "esp_log.h"
#include "esp_mac.h"
#include "esp_wifi.h"
#include "nvs.h"
#include "openeth.h"
#include "wifi_driver.h"
#include "wifi_station.h"

static const char *TAG = "wifi";

/** The receiving task's stack in bytes, and its priority: ESP-IDF's Wi-Fi task has 23. */
#define TASK_STACK_SIZE 3072
#define TASK_PRIORITY 23

ESP_EVENT_DEFINE_BASE(WIFI_EVENT);

struct wifi_station wifi_station = {.mode = WIFI_MODE_STA};

static const uint8_t ACCESS_POINT_ADDRESS[6] = {0x02, 0x4c, 0x41, 0x42, 0x00, 0x01};

static size_t ssid_length(const uint8_t ssid[32])
{
    return strnlen((const char *)ssid, 32);
}

static void post(wifi_event_t event, const void *data, size_t size)
{
    esp_err_t result = esp_event_post(WIFI_EVENT, event, data, size, portMAX_DELAY);
    if (result != ESP_OK) {
        ESP_LOGE(TAG, "failed to post Wi-Fi event=%d ret=%d", event, result);
    }
}

void wifi_driver_set_netif(esp_netif_t *netif)
{
    wifi_station.netif = netif;
}

esp_err_t wifi_driver_transmit(void *handle, void *frame, size_t length)
{
    (void)handle;
    return wifi_station.is_connected ? openeth_transmit(frame, length) : ESP_ERR_WIFI_NOT_CONNECT;
}

static void receive(void *context, uint8_t *frame, size_t length)
{
    (void)context;
    if (wifi_station.netif == NULL) {
        free(frame);
        return;
    }
    esp_netif_receive(wifi_station.netif, frame, length, frame);
}

esp_err_t esp_wifi_init(const wifi_init_config_t *config)
{
    if (config == NULL || config->magic != WIFI_INIT_CONFIG_MAGIC) {
        return ESP_ERR_INVALID_ARG;
    }
    if (wifi_station.is_initialised) {
        return ESP_OK;
    }
    if (config->nvs_enable) {
        nvs_handle_t store;
        esp_err_t result = nvs_open("nvs.net80211", NVS_READWRITE, &store);
        if (result != ESP_OK) {
            return result;
        }
        nvs_close(store);
    }
    esp_err_t result = openeth_open(TASK_STACK_SIZE, TASK_PRIORITY);
    if (result != ESP_OK) {
        return result;
    }
    wifi_station = (struct wifi_station){.mode = WIFI_MODE_STA, .netif = wifi_station.netif, .is_initialised = true};
    openeth_set_receiver(receive, NULL);
    return esp_read_mac(wifi_station.mac, ESP_MAC_WIFI_STA);
}

esp_err_t esp_wifi_deinit(void)
{
    CHECK_INITIALISED();
    if (wifi_station.is_started) {
        return ESP_ERR_WIFI_NOT_STOPPED;
    }
    openeth_close();
    wifi_station.is_initialised = false;
    return ESP_OK;
}

esp_err_t esp_wifi_start(void)
{
    CHECK_INITIALISED();
    if (wifi_station.mode == WIFI_MODE_NULL || wifi_station.is_started) {
        return ESP_OK;
    }
    ESP_LOGI(TAG, "mode : sta (" MACSTR "), over the emulated Ethernet", MAC2STR(wifi_station.mac));
    openeth_set_mac(wifi_station.mac);
    wifi_station.is_started = true;
    post(WIFI_EVENT_STA_START, NULL, 0);
    return ESP_OK;
}

static void disconnect(wifi_err_reason_t reason)
{
    if (wifi_station.is_connected) {
        wifi_station.is_connected = false;
        openeth_enable(false);
    }
    wifi_event_sta_disconnected_t event = {.reason = reason};
    memcpy(event.ssid, wifi_station.config.ssid, sizeof(event.ssid));
    event.ssid_len = ssid_length(event.ssid);
    memcpy(event.bssid, ACCESS_POINT_ADDRESS, sizeof(event.bssid));
    post(WIFI_EVENT_STA_DISCONNECTED, &event, sizeof(event));
}

esp_err_t esp_wifi_stop(void)
{
    CHECK_INITIALISED();
    if (!wifi_station.is_started) {
        return ESP_OK;
    }
    wifi_station.is_started = false; // first: a handler of the next event may well call esp_wifi_connect()
    if (wifi_station.is_connected) {
        disconnect(WIFI_REASON_ASSOC_LEAVE);
    }
    post(WIFI_EVENT_STA_STOP, NULL, 0);
    return ESP_OK;
}

esp_err_t esp_wifi_connect(void)
{
    CHECK_INITIALISED();
    if (!wifi_station.is_started) {
        return ESP_ERR_WIFI_NOT_STARTED;
    }
    if (ssid_length(wifi_station.config.ssid) == 0) {
        return ESP_ERR_WIFI_SSID;
    }
    if (wifi_station.is_connected) {
        return ESP_OK;
    }
    if (!openeth_has_link()) {
        disconnect(WIFI_REASON_NO_AP_FOUND);
        return ESP_OK;
    }
    openeth_enable(true);
    wifi_station.is_connected = true;
    wifi_event_sta_connected_t event = {.channel = WIFI_CHANNEL, .authmode = wifi_station_authmode(), .aid = 1};
    memcpy(event.ssid, wifi_station.config.ssid, sizeof(event.ssid));
    event.ssid_len = ssid_length(event.ssid);
    memcpy(event.bssid, ACCESS_POINT_ADDRESS, sizeof(event.bssid));
    ESP_LOGI(TAG, "connected with %.32s, aid = 1, channel %d, bssid = " MACSTR, (const char *)event.ssid, WIFI_CHANNEL,
             MAC2STR(event.bssid));
    post(WIFI_EVENT_STA_CONNECTED, &event, sizeof(event));
    return ESP_OK;
}

esp_err_t esp_wifi_disconnect(void)
{
    CHECK_INITIALISED();
    if (!wifi_station.is_started) {
        return ESP_ERR_WIFI_NOT_STARTED;
    }
    if (wifi_station.is_connected) {
        disconnect(WIFI_REASON_ASSOC_LEAVE);
    }
    return ESP_OK;
}

wifi_auth_mode_t wifi_station_authmode(void)
{
    return wifi_station.config.password[0] == 0 ? WIFI_AUTH_OPEN : WIFI_AUTH_WPA2_PSK;
}

void wifi_station_describe_access_point(wifi_ap_record_t *record)
{
    *record = (wifi_ap_record_t){
        .primary = WIFI_CHANNEL,
        .rssi = WIFI_SIGNAL,
        .authmode = wifi_station_authmode(),
        .pairwise_cipher = WIFI_CIPHER_TYPE_CCMP,
        .group_cipher = WIFI_CIPHER_TYPE_CCMP,
        .phy_11b = 1,
        .phy_11g = 1,
        .phy_11n = 1,
    };
    memcpy(record->bssid, ACCESS_POINT_ADDRESS, sizeof(record->bssid));
    if (ssid_length(wifi_station.config.ssid) > 0) {
        memcpy(record->ssid, wifi_station.config.ssid, sizeof(wifi_station.config.ssid));
    } else {
        strcpy((char *)record->ssid, "lab");
    }
}
