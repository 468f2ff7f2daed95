// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Network interfaces (ESP-IDF's esp_netif). An interface joins a driver (esp_eth, esp_wifi) to lwIP, asks for an
 * address when the link comes up, and posts IP_EVENT. Functions that take an interface give back
 * ESP_ERR_ESP_NETIF_INVALID_PARAMS for NULL. Not in the bundled SDK: access points and their DHCP server, PPP, bridges,
 * NAPT.
 */

#include <stdbool.h>
#include <stdint.h>

#include "esp_netif_defaults.h"
#include "esp_netif_ip_addr.h"
#include "esp_netif_types.h"
#include "sdkconfig.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Starts the network stack. ESP_OK too when it runs. */
esp_err_t esp_netif_init(void);
/** ESP_ERR_NOT_SUPPORTED: the stack cannot be stopped, as in ESP-IDF. */
esp_err_t esp_netif_deinit(void);

/** Makes an interface; NULL for a NULL or repeated key and without memory. */
esp_netif_t *esp_netif_new(const esp_netif_config_t *esp_netif_config);
/** Ends an interface. */
void esp_netif_destroy(esp_netif_t *esp_netif);
/** Sets the driver's functions; while the interface is down. */
esp_err_t esp_netif_set_driver_config(esp_netif_t *esp_netif, const esp_netif_driver_ifconfig_t *driver_config);
/** Joins a driver to an interface: calls the driver's post_attach. */
esp_err_t esp_netif_attach(esp_netif_t *esp_netif, esp_netif_iodriver_handle driver_handle);
/** Gives a received frame to the stack, which frees it with the driver's function. */
esp_err_t esp_netif_receive(esp_netif_t *esp_netif, void *buffer, size_t len, void *eb);

// Event handlers that move an interface along. Their first argument is the interface.

/** The driver has started: the interface enters the stack. */
void esp_netif_action_start(void *esp_netif, esp_event_base_t base, int32_t event_id, void *data);
/** The driver has stopped: the interface leaves the stack. */
void esp_netif_action_stop(void *esp_netif, esp_event_base_t base, int32_t event_id, void *data);
/** The link is up: the DHCP client starts, or the fixed address is announced. */
void esp_netif_action_connected(void *esp_netif, esp_event_base_t base, int32_t event_id, void *data);
/** The link is down. */
void esp_netif_action_disconnected(void *esp_netif, esp_event_base_t base, int32_t event_id, void *data);
/** An address has arrived: logs "NAME ip: ..., mask: ..., gw: ...". */
void esp_netif_action_got_ip(void *esp_netif, esp_event_base_t base, int32_t event_id, void *data);

/** Makes this interface the default route, whatever its priority. */
esp_err_t esp_netif_set_default_netif(esp_netif_t *esp_netif);
/** The interface of the default route; NULL when none is up. */
esp_netif_t *esp_netif_get_default_netif(void);
/** Sets the hardware address; before the interface starts. */
esp_err_t esp_netif_set_mac(esp_netif_t *esp_netif, uint8_t mac[]);
esp_err_t esp_netif_get_mac(esp_netif_t *esp_netif, uint8_t mac[]);
/** Sets the name that DHCP gives the router, at most 32 characters. */
esp_err_t esp_netif_set_hostname(esp_netif_t *esp_netif, const char *hostname);
esp_err_t esp_netif_get_hostname(esp_netif_t *esp_netif, const char **hostname);
/** True while the interface is up in the stack. */
bool esp_netif_is_netif_up(esp_netif_t *esp_netif);

/** The interface's address now, zeros without one. */
esp_err_t esp_netif_get_ip_info(esp_netif_t *esp_netif, esp_netif_ip_info_t *ip_info);
/** The address that the last IP_EVENT told. */
esp_err_t esp_netif_get_old_ip_info(esp_netif_t *esp_netif, esp_netif_ip_info_t *ip_info);
/** Sets a fixed address. ESP_ERR_ESP_NETIF_DHCP_NOT_STOPPED while the DHCP client is not stopped. */
esp_err_t esp_netif_set_ip_info(esp_netif_t *esp_netif, const esp_netif_ip_info_t *ip_info);
esp_err_t esp_netif_set_old_ip_info(esp_netif_t *esp_netif, const esp_netif_ip_info_t *ip_info);
/** The interface's number in the stack, -1 when it is not there. */
int esp_netif_get_netif_impl_index(esp_netif_t *esp_netif);
/** The interface's name in the stack ("en1"), at least 6 bytes of room. */
esp_err_t esp_netif_get_netif_impl_name(esp_netif_t *esp_netif, char *name);

/** Starts the DHCP client, or lets it start with the link. ESP_ERR_ESP_NETIF_DHCP_ALREADY_STARTED. */
esp_err_t esp_netif_dhcpc_start(esp_netif_t *esp_netif);
/** Stops the DHCP client. ESP_ERR_ESP_NETIF_DHCP_ALREADY_STOPPED. */
esp_err_t esp_netif_dhcpc_stop(esp_netif_t *esp_netif);
esp_err_t esp_netif_dhcpc_get_status(esp_netif_t *esp_netif, esp_netif_dhcp_status_t *status);

/** Sets a name server. The servers are the stack's, not the interface's. */
esp_err_t esp_netif_set_dns_info(esp_netif_t *esp_netif, esp_netif_dns_type_t type, esp_netif_dns_info_t *dns);
esp_err_t esp_netif_get_dns_info(esp_netif_t *esp_netif, esp_netif_dns_type_t type, esp_netif_dns_info_t *dns);

/** Gives the interface its IPv6 link-local address. ESP_FAIL while it is down. */
esp_err_t esp_netif_create_ip6_linklocal(esp_netif_t *esp_netif);
/** The link-local address, once it is in use; ESP_FAIL before. */
esp_err_t esp_netif_get_ip6_linklocal(esp_netif_t *esp_netif, esp_ip6_addr_t *if_ip6);
/** A global address, once there is one; ESP_FAIL before. */
esp_err_t esp_netif_get_ip6_global(esp_netif_t *esp_netif, esp_ip6_addr_t *if_ip6);
/** Writes all IPv6 addresses in use, at most LWIP_IPV6_NUM_ADDRESSES; gives back their number. */
int esp_netif_get_all_ip6(esp_netif_t *esp_netif, esp_ip6_addr_t if_ip6[]);

/** Makes an address from four numbers. */
void esp_netif_set_ip4_addr(esp_ip4_addr_t *addr, uint8_t a, uint8_t b, uint8_t c, uint8_t d);
/** Writes an address as text; NULL when `buflen` is too small. */
char *esp_ip4addr_ntoa(const esp_ip4_addr_t *addr, char *buf, int buflen);
/** Reads an address; 0xffffffff when the text is none. */
uint32_t esp_ip4addr_aton(const char *addr);
/** Reads an address. ESP_FAIL when the text is none. */
esp_err_t esp_netif_str_to_ip4(const char *src, esp_ip4_addr_t *dst);
/** Reads an address. ESP_FAIL when the text is none. */
esp_err_t esp_netif_str_to_ip6(const char *src, esp_ip6_addr_t *dst);

/** The driver that is attached; NULL without one. */
esp_netif_iodriver_handle esp_netif_get_io_driver(esp_netif_t *esp_netif);
/** The interface with this key ("WIFI_STA_DEF", "ETH_DEF"); NULL when there is none. */
esp_netif_t *esp_netif_get_handle_from_ifkey(const char *if_key);
esp_netif_flags_t esp_netif_get_flags(esp_netif_t *esp_netif);
const char *esp_netif_get_ifkey(esp_netif_t *esp_netif);
const char *esp_netif_get_desc(esp_netif_t *esp_netif);
int esp_netif_get_route_prio(esp_netif_t *esp_netif);
/** The number of the IP_EVENT that this interface posts; -1 for an unknown type. */
int32_t esp_netif_get_event_id(esp_netif_t *esp_netif, esp_netif_ip_event_type_t event_type);
/** The interface after this one, the first after NULL, NULL after the last. */
esp_netif_t *esp_netif_next(esp_netif_t *esp_netif);
/** As esp_netif_next(), for code that runs in the stack's task. */
esp_netif_t *esp_netif_next_unsafe(esp_netif_t *esp_netif);
typedef bool (*esp_netif_find_predicate_t)(esp_netif_t *netif, void *ctx);
/** The first interface for which `fn` is true; NULL when there is none. */
esp_netif_t *esp_netif_find_if(esp_netif_find_predicate_t fn, void *ctx);
/** How many interfaces there are. */
size_t esp_netif_get_nr_of_ifs(void);

/** Keeps a received packet for one user more. */
void esp_netif_netstack_buf_ref(void *netstack_buf);
/** Lets a received packet go. */
void esp_netif_netstack_buf_free(void *netstack_buf);
typedef esp_err_t (*esp_netif_callback_fn)(void *ctx);
/** Runs `fn` in the stack's task and gives back what it gives back. */
esp_err_t esp_netif_tcpip_exec(esp_netif_callback_fn fn, void *ctx);

#ifdef __cplusplus
}
#endif
