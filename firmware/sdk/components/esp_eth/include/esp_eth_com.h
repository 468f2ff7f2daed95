// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file What the parts of an Ethernet driver share: the mediator between MAC and PHY, and the events. */

#include <stdint.h>

#include "esp_err.h"
#include "esp_eth_spec.h"
#include "esp_event_base.h"
#include "hal/eth_types.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    ETH_STATE_LLINIT,
    ETH_STATE_DEINIT,
    ETH_STATE_LINK,
    ETH_STATE_SPEED,
    ETH_STATE_DUPLEX,
    ETH_STATE_PAUSE,
} esp_eth_state_t;

typedef struct esp_eth_mediator_s esp_eth_mediator_t;

/** Through which a MAC and a PHY reach their driver. */
struct esp_eth_mediator_s {
    esp_err_t (*phy_reg_read)(esp_eth_mediator_t *eth, uint32_t phy_addr, uint32_t phy_reg, uint32_t *reg_value);
    esp_err_t (*phy_reg_write)(esp_eth_mediator_t *eth, uint32_t phy_addr, uint32_t phy_reg, uint32_t reg_value);
    /** takes a frame, allocated with malloc() */
    esp_err_t (*stack_input)(esp_eth_mediator_t *eth, uint8_t *buffer, uint32_t length);
    esp_err_t (*on_state_changed)(esp_eth_mediator_t *eth, esp_eth_state_t state, void *args);
};

/** The events of ETH_EVENT; their data is the driver's handle (an esp_eth_handle_t). */
typedef enum {
    ETHERNET_EVENT_START,
    ETHERNET_EVENT_STOP,
    ETHERNET_EVENT_CONNECTED,
    ETHERNET_EVENT_DISCONNECTED,
} eth_event_t;

ESP_EVENT_DECLARE_BASE(ETH_EVENT);

#ifdef __cplusplus
}
#endif
