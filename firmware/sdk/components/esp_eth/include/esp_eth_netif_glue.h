// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file Joins an Ethernet driver to a network interface. */

#include "esp_eth_driver.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct esp_eth_netif_glue_t *esp_eth_netif_glue_handle_t;

/** What esp_netif_attach() needs to join this driver to an interface; NULL without memory or an event loop. */
esp_eth_netif_glue_handle_t esp_eth_new_netif_glue(esp_eth_handle_t eth_hdl);
/** Separates the two. */
esp_err_t esp_eth_del_netif_glue(esp_eth_netif_glue_handle_t eth_netif_glue);

#ifdef __cplusplus
}
#endif
