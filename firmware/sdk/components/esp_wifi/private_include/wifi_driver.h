// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file Between the Wi-Fi driver and its network interface. */

#include <stddef.h>

#include "esp_err.h"
#include "esp_netif.h"

/** Sets the interface that takes received frames; NULL: they are dropped. */
void wifi_driver_set_netif(esp_netif_t *netif);
/** Sends a frame. ESP_ERR_WIFI_NOT_CONNECT while the station is not connected. */
esp_err_t wifi_driver_transmit(void *handle, void *frame, size_t length);
