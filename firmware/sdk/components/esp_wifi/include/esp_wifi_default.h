// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file The network interface of a Wi-Fi station. */

#include "esp_netif.h"
#include "esp_wifi_types.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Makes the station's interface ("WIFI_STA_DEF") and registers what moves it along. Aborts when the event loop or
 * memory lacks.
 */
esp_netif_t *esp_netif_create_default_wifi_sta(void);
/** As esp_netif_create_default_wifi_sta() with settings of one's own, without the handlers. */
esp_netif_t *esp_netif_create_wifi(wifi_interface_t wifi_if, const esp_netif_inherent_config_t *esp_netif_config);
/** Ends the interface and its handlers. */
void esp_netif_destroy_default_wifi(void *esp_netif);
/** Joins an interface to the Wi-Fi driver. */
esp_err_t esp_netif_attach_wifi_station(esp_netif_t *esp_netif);
/** Registers the handlers that move the station's interface along. */
esp_err_t esp_wifi_set_default_wifi_sta_handlers(void);
/** Takes those handlers off and forgets the interface. */
esp_err_t esp_wifi_clear_default_wifi_driver_and_handlers(void *esp_netif);

#ifdef __cplusplus
}
#endif
