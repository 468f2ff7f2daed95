// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file Ethernet MACs. The board has one, the OpenCores MAC of the emulators. */

#include <stdarg.h>
#include <stdbool.h>

#include "esp_eth_com.h"
#include "sdkconfig.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct esp_eth_mac_s esp_eth_mac_t;

/** A MAC: functions that take it as their first argument. */
struct esp_eth_mac_s {
    esp_err_t (*set_mediator)(esp_eth_mac_t *mac, esp_eth_mediator_t *eth);
    esp_err_t (*init)(esp_eth_mac_t *mac);
    esp_err_t (*deinit)(esp_eth_mac_t *mac);
    esp_err_t (*start)(esp_eth_mac_t *mac);
    esp_err_t (*stop)(esp_eth_mac_t *mac);
    esp_err_t (*transmit)(esp_eth_mac_t *mac, uint8_t *buf, uint32_t length);
    esp_err_t (*transmit_vargs)(esp_eth_mac_t *mac, uint32_t argc, va_list args);
    esp_err_t (*receive)(esp_eth_mac_t *mac, uint8_t *buf, uint32_t *length);
    esp_err_t (*read_phy_reg)(esp_eth_mac_t *mac, uint32_t phy_addr, uint32_t phy_reg, uint32_t *reg_value);
    esp_err_t (*write_phy_reg)(esp_eth_mac_t *mac, uint32_t phy_addr, uint32_t phy_reg, uint32_t reg_value);
    esp_err_t (*set_addr)(esp_eth_mac_t *mac, uint8_t *addr);
    esp_err_t (*get_addr)(esp_eth_mac_t *mac, uint8_t *addr);
    esp_err_t (*set_speed)(esp_eth_mac_t *mac, eth_speed_t speed);
    esp_err_t (*set_duplex)(esp_eth_mac_t *mac, eth_duplex_t duplex);
    esp_err_t (*set_link)(esp_eth_mac_t *mac, eth_link_t link);
    esp_err_t (*set_promiscuous)(esp_eth_mac_t *mac, bool enable);
    esp_err_t (*enable_flow_ctrl)(esp_eth_mac_t *mac, bool enable);
    esp_err_t (*set_peer_pause_ability)(esp_eth_mac_t *mac, uint32_t ability);
    esp_err_t (*custom_ioctl)(esp_eth_mac_t *mac, uint32_t cmd, void *data);
    esp_err_t (*del)(esp_eth_mac_t *mac);
};

/** Settings of a MAC. */
typedef struct {
    uint32_t sw_reset_timeout_ms; ///< unused: the reset takes no time
    uint32_t rx_task_stack_size;  ///< bytes
    uint32_t rx_task_prio;
    uint32_t flags;               ///< ETH_MAC_FLAG_...; unused
} eth_mac_config_t;

#define ETH_MAC_FLAG_WORK_WITH_CACHE_DISABLE (1 << 0)
#define ETH_MAC_FLAG_PIN_TO_CORE (1 << 1)

#define ETH_MAC_DEFAULT_CONFIG()    \
    {                               \
        .sw_reset_timeout_ms = 100, \
        .rx_task_stack_size = 2048, \
        .rx_task_prio = 15,         \
        .flags = 0,                 \
    }

/** The board's MAC; NULL for a NULL argument and when it is in use (by esp_wifi, for example). */
esp_eth_mac_t *esp_eth_mac_new_openeth(const eth_mac_config_t *config);

#ifdef __cplusplus
}
#endif
