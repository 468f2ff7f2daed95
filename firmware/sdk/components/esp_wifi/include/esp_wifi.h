// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Wi-Fi station (ESP-IDF's esp_wifi) over the board's emulated Ethernet: the emulators have no radio. Calls, events and
 * error codes are a station's; every network name leads to the same wire, at once. Access point mode is not in the
 * bundled SDK (ESP_ERR_NOT_SUPPORTED). Every function gives back ESP_ERR_WIFI_NOT_INIT before esp_wifi_init().
 */

#include <stdbool.h>
#include <stdint.h>

#include "esp_err.h"
#include "esp_event.h"
#include "esp_wifi_default.h"
#include "esp_wifi_types.h"
#include "sdkconfig.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ESP_ERR_WIFI_NOT_INIT (ESP_ERR_WIFI_BASE + 1)
#define ESP_ERR_WIFI_NOT_STARTED (ESP_ERR_WIFI_BASE + 2)
#define ESP_ERR_WIFI_NOT_STOPPED (ESP_ERR_WIFI_BASE + 3)
#define ESP_ERR_WIFI_IF (ESP_ERR_WIFI_BASE + 4)
#define ESP_ERR_WIFI_MODE (ESP_ERR_WIFI_BASE + 5)
#define ESP_ERR_WIFI_STATE (ESP_ERR_WIFI_BASE + 6)
#define ESP_ERR_WIFI_CONN (ESP_ERR_WIFI_BASE + 7)
#define ESP_ERR_WIFI_NVS (ESP_ERR_WIFI_BASE + 8)
#define ESP_ERR_WIFI_MAC (ESP_ERR_WIFI_BASE + 9)
#define ESP_ERR_WIFI_SSID (ESP_ERR_WIFI_BASE + 10)
#define ESP_ERR_WIFI_PASSWORD (ESP_ERR_WIFI_BASE + 11)
#define ESP_ERR_WIFI_TIMEOUT (ESP_ERR_WIFI_BASE + 12)
#define ESP_ERR_WIFI_WAKE_FAIL (ESP_ERR_WIFI_BASE + 13)
#define ESP_ERR_WIFI_WOULD_BLOCK (ESP_ERR_WIFI_BASE + 14)
#define ESP_ERR_WIFI_NOT_CONNECT (ESP_ERR_WIFI_BASE + 15)
#define ESP_ERR_WIFI_POST (ESP_ERR_WIFI_BASE + 18)
#define ESP_ERR_WIFI_INIT_STATE (ESP_ERR_WIFI_BASE + 19)
#define ESP_ERR_WIFI_STOP_STATE (ESP_ERR_WIFI_BASE + 20)
#define ESP_ERR_WIFI_NOT_ASSOC (ESP_ERR_WIFI_BASE + 21)
#define ESP_ERR_WIFI_TX_DISALLOW (ESP_ERR_WIFI_BASE + 22)

/** Settings of the driver; take WIFI_INIT_CONFIG_DEFAULT(). Those of a radio have no effect. */
typedef struct {
    int static_rx_buf_num;
    int dynamic_rx_buf_num;
    int tx_buf_type;
    int static_tx_buf_num;
    int dynamic_tx_buf_num;
    int cache_tx_buf_num;
    int csi_enable;
    int ampdu_rx_enable;
    int ampdu_tx_enable;
    int amsdu_tx_enable;
    int nvs_enable; ///< not 0: nvs_flash_init() must have been called
    int nano_enable;
    int rx_ba_win;
    int wifi_task_core_id;
    int beacon_max_len;
    int mgmt_sbuf_num;
    uint64_t feature_caps;
    bool sta_disconnected_pm;
    int espnow_max_encrypt_num;
    int magic; ///< WIFI_INIT_CONFIG_MAGIC
} wifi_init_config_t;

#define WIFI_INIT_CONFIG_MAGIC 0x1F2F3F4F

#define WIFI_INIT_CONFIG_DEFAULT()                                   \
    {                                                                \
        .static_rx_buf_num = CONFIG_ESP_WIFI_STATIC_RX_BUFFER_NUM,   \
        .dynamic_rx_buf_num = CONFIG_ESP_WIFI_DYNAMIC_RX_BUFFER_NUM, \
        .tx_buf_type = CONFIG_ESP_WIFI_TX_BUFFER_TYPE,               \
        .static_tx_buf_num = 0,                                      \
        .dynamic_tx_buf_num = CONFIG_ESP_WIFI_DYNAMIC_TX_BUFFER_NUM, \
        .cache_tx_buf_num = 0,                                       \
        .csi_enable = 0,                                             \
        .ampdu_rx_enable = 1,                                        \
        .ampdu_tx_enable = 1,                                        \
        .amsdu_tx_enable = 0,                                        \
        .nvs_enable = 1,                                             \
        .nano_enable = 0,                                            \
        .rx_ba_win = 6,                                              \
        .wifi_task_core_id = 0,                                      \
        .beacon_max_len = 752,                                       \
        .mgmt_sbuf_num = CONFIG_ESP_WIFI_MGMT_SBUF_NUM,              \
        .feature_caps = 0,                                           \
        .sta_disconnected_pm = true,                                 \
        .espnow_max_encrypt_num = 7,                                 \
        .magic = WIFI_INIT_CONFIG_MAGIC,                             \
    }

/**
 * Starts the driver.
 * @return ESP_ERR_INVALID_ARG without WIFI_INIT_CONFIG_DEFAULT(); ESP_ERR_NVS_NOT_INITIALIZED before nvs_flash_init();
 *         ESP_ERR_INVALID_STATE when the hardware is in use by esp_eth; ESP_ERR_NO_MEM
 */
esp_err_t esp_wifi_init(const wifi_init_config_t *config);
/** Ends the driver. ESP_ERR_WIFI_NOT_STOPPED while it is started. */
esp_err_t esp_wifi_deinit(void);
/** WIFI_MODE_STA or WIFI_MODE_NULL; the others give ESP_ERR_NOT_SUPPORTED. */
esp_err_t esp_wifi_set_mode(wifi_mode_t mode);
esp_err_t esp_wifi_get_mode(wifi_mode_t *mode);
/** Starts the station: WIFI_EVENT_STA_START. */
esp_err_t esp_wifi_start(void);
/** Stops the station: WIFI_EVENT_STA_DISCONNECTED if it was connected, WIFI_EVENT_STA_STOP. */
esp_err_t esp_wifi_stop(void);
/** Forgets mode and settings. */
esp_err_t esp_wifi_restore(void);
/**
 * Connects: WIFI_EVENT_STA_CONNECTED, or WIFI_EVENT_STA_DISCONNECTED with WIFI_REASON_NO_AP_FOUND while the cable is
 * unplugged.
 * @return ESP_ERR_WIFI_NOT_STARTED; ESP_ERR_WIFI_SSID for an empty name
 */
esp_err_t esp_wifi_connect(void);
/** Disconnects: WIFI_EVENT_STA_DISCONNECTED with WIFI_REASON_ASSOC_LEAVE. ESP_ERR_WIFI_NOT_STARTED. */
esp_err_t esp_wifi_disconnect(void);
/**
 * Looks for networks: WIFI_EVENT_SCAN_DONE. One is found, with the name that is set, or "lab".
 * ESP_ERR_WIFI_NOT_STARTED.
 */
esp_err_t esp_wifi_scan_start(const wifi_scan_config_t *config, bool block);
esp_err_t esp_wifi_scan_stop(void);
esp_err_t esp_wifi_scan_get_ap_num(uint16_t *number);
/** Takes what was found; `number` comes with the room in `ap_records` and goes with what was written. */
esp_err_t esp_wifi_scan_get_ap_records(uint16_t *number, wifi_ap_record_t *ap_records);
esp_err_t esp_wifi_clear_ap_list(void);
/** The network that the station is connected to. ESP_ERR_WIFI_NOT_CONNECT. */
esp_err_t esp_wifi_sta_get_ap_info(wifi_ap_record_t *ap_info);
/** Its signal, dBm. ESP_ERR_WIFI_NOT_CONNECT. */
esp_err_t esp_wifi_sta_get_rssi(int *rssi);
esp_err_t esp_wifi_set_ps(wifi_ps_type_t type);
esp_err_t esp_wifi_get_ps(wifi_ps_type_t *type);
esp_err_t esp_wifi_set_protocol(wifi_interface_t ifx, uint8_t protocol_bitmap);
esp_err_t esp_wifi_set_bandwidth(wifi_interface_t ifx, wifi_bandwidth_t bw);
esp_err_t esp_wifi_set_channel(uint8_t primary, wifi_second_chan_t second);
esp_err_t esp_wifi_get_channel(uint8_t *primary, wifi_second_chan_t *second);
esp_err_t esp_wifi_set_country_code(const char *country, bool ieee80211d_enabled);
esp_err_t esp_wifi_set_max_tx_power(int8_t power);
esp_err_t esp_wifi_get_max_tx_power(int8_t *power);
esp_err_t esp_wifi_set_inactive_time(wifi_interface_t ifx, uint16_t sec);
/** Sets the station's hardware address; before esp_wifi_start(). */
esp_err_t esp_wifi_set_mac(wifi_interface_t ifx, const uint8_t mac[6]);
esp_err_t esp_wifi_get_mac(wifi_interface_t ifx, uint8_t mac[6]);
/**
 * Sets the station's settings. ESP_ERR_WIFI_IF for another interface, ESP_ERR_WIFI_MODE in another mode,
 * ESP_ERR_INVALID_ARG.
 */
esp_err_t esp_wifi_set_config(wifi_interface_t interface, wifi_config_t *conf);
esp_err_t esp_wifi_get_config(wifi_interface_t interface, wifi_config_t *conf);
esp_err_t esp_wifi_set_storage(wifi_storage_t storage);

#ifdef __cplusplus
}
#endif
