// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file The inside of an interface, shared by the files of this component. */

#include "esp_netif.h"
#include "esp_netif_net_stack.h"
#include "lwip/netif.h"

/** The longest hostname, as in ESP-IDF. */
#define HOSTNAME_MAX 32

/** How the stack talks to an interface. */
struct esp_netif_netstack_config {
    netif_init_fn init; ///< lwIP's initialiser
};

/**
 * An interface. `lwip` is in the stack's list between action_start and action_stop; that, and all fields after it,
 * belong to its task.
 */
struct esp_netif_obj {
    struct esp_netif_obj *next;
    char *if_key;
    char *if_desc;
    esp_netif_flags_t flags;
    uint32_t get_ip_event;
    uint32_t lost_ip_event;
    int route_prio;
    const esp_netif_netstack_config_t *stack;
    esp_netif_iodriver_handle attached;       ///< what esp_netif_attach() was given
    esp_netif_driver_ifconfig_t driver;
    uint8_t mac[6];
    char hostname[HOSTNAME_MAX + 1];
    struct netif lwip;
    bool is_added;                            ///< in the stack's list
    bool is_losing_ip;                        ///< the timer of the lost-address event runs
    esp_netif_dhcp_status_t dhcp;
    esp_netif_ip_info_t ip_info;              ///< the address to start with, or the fixed one
    esp_netif_ip_info_t old_ip_info;          ///< the address of the last event
};

/** lwIP's initialiser of an Ethernet interface whose `state` is an esp_netif_t. */
err_t esp_netif_ethernet_init(struct netif *netif);

/** Brings the interface into the stack, or out of it. */
esp_err_t esp_netif_start(esp_netif_t *esp_netif);
esp_err_t esp_netif_stop(esp_netif_t *esp_netif);
/** Marks the link up or down. */
esp_err_t esp_netif_up(esp_netif_t *esp_netif);
esp_err_t esp_netif_down(esp_netif_t *esp_netif);

/** Chooses the default route again; in the stack's task. */
void esp_netif_choose_default(void);
/** Begins to follow the addresses of all interfaces; in the stack's task. */
void esp_netif_watch_addresses(void);
/** Posts the got-address event when the address differs from the last told; in the stack's task. */
void esp_netif_tell_address(esp_netif_t *esp_netif);
/** Ends what still waits for this interface; in the stack's task. */
void esp_netif_forget_address(esp_netif_t *esp_netif);

/** Runs `fn` with `ctx` in the stack's task and gives back what it gives back; the same as esp_netif_tcpip_exec(). */
#define IN_STACK(fn, ctx) esp_netif_tcpip_exec(fn, (void *)(ctx))
