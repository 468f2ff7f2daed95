// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file Between esp_netif and the network stack. */

#include "esp_netif.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The esp_netif of lwIP's `struct netif`; NULL when it has none. */
esp_netif_t *esp_netif_get_handle_from_netif_impl(void *dev);
/** lwIP's `struct netif` of an esp_netif. */
void *esp_netif_get_netif_impl(esp_netif_t *esp_netif);
/** Sends a frame through the interface's driver. */
esp_err_t esp_netif_transmit(esp_netif_t *esp_netif, void *data, size_t len);
/** Gives a received frame back to the driver. */
void esp_netif_free_rx_buffer(void *esp_netif, void *buffer);

#ifdef __cplusplus
}
#endif
