// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file The network set-up that ESP-IDF's protocol examples share, over the board's Ethernet and with IPv4. */

#include "esp_err.h"
#include "esp_eth.h"
#include "esp_netif.h"
#include "sdkconfig.h"

#ifdef __cplusplus
extern "C" {
#endif

// The examples' own options, as their configuration for QEMU has them. A project's sdkconfig.defaults may say otherwise
// for a board.
#ifndef CONFIG_EXAMPLE_CONNECT_ETHERNET
#define CONFIG_EXAMPLE_CONNECT_ETHERNET 1
#endif
#ifndef CONFIG_EXAMPLE_CONNECT_IPV4
#define CONFIG_EXAMPLE_CONNECT_IPV4 1
#endif

/** What logs call the interface. */
#define EXAMPLE_NETIF_DESC_ETH "example_netif_eth"
#define EXAMPLE_INTERFACE get_example_netif_from_desc(EXAMPLE_NETIF_DESC_ETH)
#define get_example_netif() get_example_netif_from_desc(EXAMPLE_NETIF_DESC_ETH)

/** Starts the network and waits for an address; after esp_netif_init() and esp_event_loop_create_default(). */
esp_err_t example_connect(void);
/** Ends it. */
esp_err_t example_disconnect(void);
/** Lets stdin block and stdout be unbuffered, for programs that ask questions on the serial monitor. */
esp_err_t example_configure_stdin_stdout(void);
/** The interface with this description; NULL when there is none. */
esp_netif_t *get_example_netif_from_desc(const char *desc);
/** The Ethernet driver; NULL before example_connect(). */
esp_eth_handle_t get_example_eth_handle(void);

#ifdef __cplusplus
}
#endif
