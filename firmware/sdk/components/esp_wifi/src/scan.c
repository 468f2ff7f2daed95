// SPDX-License-Identifier: Apache-2.0

/** @file Looking for networks, and the network that the station is connected to. */

#include "esp_wifi.h"
#include "wifi_station.h"

esp_err_t esp_wifi_scan_start(const wifi_scan_config_t *config, bool block)
{
    (void)config, (void)block;
    CHECK_INITIALISED();
    if (!wifi_station.is_started) {
        return ESP_ERR_WIFI_NOT_STARTED;
    }
    wifi_station.found = 1;
    wifi_event_sta_scan_done_t event = {.number = 1, .scan_id = 1};
    return esp_event_post(WIFI_EVENT, WIFI_EVENT_SCAN_DONE, &event, sizeof(event), portMAX_DELAY);
}

esp_err_t esp_wifi_scan_stop(void)
{
    CHECK_INITIALISED();
    return wifi_station.is_started ? ESP_OK : ESP_ERR_WIFI_NOT_STARTED;
}

esp_err_t esp_wifi_scan_get_ap_num(uint16_t *number)
{
    CHECK_INITIALISED();
    if (number == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    *number = wifi_station.found;
    return ESP_OK;
}

esp_err_t esp_wifi_scan_get_ap_records(uint16_t *number, wifi_ap_record_t *ap_records)
{
    CHECK_INITIALISED();
    if (number == NULL || ap_records == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    if (*number > wifi_station.found) {
        *number = wifi_station.found;
    }
    if (*number > 0) {
        wifi_station_describe_access_point(ap_records);
    }
    wifi_station.found = 0;
    return ESP_OK;
}

esp_err_t esp_wifi_clear_ap_list(void)
{
    CHECK_INITIALISED();
    wifi_station.found = 0;
    return ESP_OK;
}

esp_err_t esp_wifi_sta_get_ap_info(wifi_ap_record_t *ap_info)
{
    CHECK_INITIALISED();
    if (ap_info == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    if (!wifi_station.is_connected) {
        return ESP_ERR_WIFI_NOT_CONNECT;
    }
    wifi_station_describe_access_point(ap_info);
    return ESP_OK;
}

esp_err_t esp_wifi_sta_get_rssi(int *rssi)
{
    CHECK_INITIALISED();
    if (rssi == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    if (!wifi_station.is_connected) {
        return ESP_ERR_WIFI_NOT_CONNECT;
    }
    *rssi = WIFI_SIGNAL;
    return ESP_OK;
}
