// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * "Common Wi-Fi Station Setup" of the course: a program calls connect_wifi_sta() in app_main and may wait for WIFI_CONNECTED_BIT in s_wifi_event_group.
 */

#include "esp_bit_defs.h"
#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Set in s_wifi_event_group while the station has an address. */
#define WIFI_CONNECTED_BIT BIT0
/** Set in s_wifi_event_group when connecting failed five times over. */
#define WIFI_FAIL_BIT BIT1

/** How the connection stands: WIFI_CONNECTED_BIT, WIFI_FAIL_BIT. Made by connect_wifi_sta(), NULL before. */
extern EventGroupHandle_t s_wifi_event_group;

/**
 * Starts the Wi-Fi station and waits until it has an address or has failed. Once a program; aborts when the driver
 * cannot start. It initialises NVS where nobody has: nvs_flash_init() before it, as in the course's text, does no harm.
 */
void connect_wifi_sta(void);

#ifdef __cplusplus
}
#endif
