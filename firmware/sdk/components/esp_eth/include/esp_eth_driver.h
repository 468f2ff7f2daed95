// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file An Ethernet driver: a MAC and a PHY together. */

#include "esp_eth_com.h"
#include "esp_eth_mac.h"
#include "esp_eth_phy.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef void *esp_eth_handle_t;

/** Settings of a driver. Functions that are NULL have their default. */
typedef struct {
    esp_eth_mac_t *mac;
    esp_eth_phy_t *phy;
    uint32_t check_link_period_ms; ///< how often the PHY is asked for the link
    esp_err_t (*stack_input)(esp_eth_handle_t eth_handle, uint8_t *buffer, uint32_t length, void *priv);
    esp_err_t (*on_lowlevel_init_done)(esp_eth_handle_t eth_handle);
    esp_err_t (*on_lowlevel_deinit_done)(esp_eth_handle_t eth_handle);
    esp_err_t (*read_phy_reg)(esp_eth_handle_t eth_handle, uint32_t phy_addr, uint32_t phy_reg, uint32_t *reg_value);
    esp_err_t (*write_phy_reg)(esp_eth_handle_t eth_handle, uint32_t phy_addr, uint32_t phy_reg, uint32_t reg_value);
} esp_eth_config_t;

typedef struct {
    uint32_t reg_addr;
    uint32_t *reg_value_p;
} esp_eth_phy_reg_rw_data_t;

/** What esp_eth_ioctl() can be asked, with the type that its `data` points to. */
typedef enum {
    ETH_CMD_G_MAC_ADDR,    ///< uint8_t[6]
    ETH_CMD_S_MAC_ADDR,    ///< uint8_t[6]
    ETH_CMD_G_PHY_ADDR,    ///< uint32_t
    ETH_CMD_S_PHY_ADDR,    ///< uint32_t
    ETH_CMD_G_AUTONEGO,    ///< bool
    ETH_CMD_S_AUTONEGO,    ///< bool
    ETH_CMD_G_SPEED,       ///< eth_speed_t
    ETH_CMD_S_SPEED,       ///< eth_speed_t
    ETH_CMD_S_PROMISCUOUS, ///< bool
    ETH_CMD_S_FLOW_CTRL,   ///< bool
    ETH_CMD_G_DUPLEX_MODE, ///< eth_duplex_t
    ETH_CMD_S_DUPLEX_MODE, ///< eth_duplex_t
    ETH_CMD_S_PHY_LOOPBACK, ///< bool
    ETH_CMD_READ_PHY_REG,  ///< esp_eth_phy_reg_rw_data_t
    ETH_CMD_WRITE_PHY_REG, ///< esp_eth_phy_reg_rw_data_t
    ETH_CMD_CUSTOM_MAC_CMDS = 0x0FFF,
    ETH_CMD_CUSTOM_PHY_CMDS = 0x1FFF,
} esp_eth_io_cmd_t;

#define ETH_DEFAULT_CONFIG(emac, ephy)   \
    {                                    \
        .mac = emac,                     \
        .phy = ephy,                     \
        .check_link_period_ms = 2000,    \
        .stack_input = NULL,             \
        .on_lowlevel_init_done = NULL,   \
        .on_lowlevel_deinit_done = NULL, \
        .read_phy_reg = NULL,            \
        .write_phy_reg = NULL,           \
    }

/** Makes a driver. ESP_ERR_INVALID_ARG, ESP_ERR_NO_MEM, or what the MAC or the PHY gives back. */
esp_err_t esp_eth_driver_install(const esp_eth_config_t *config, esp_eth_handle_t *out_hdl);
/** Ends a driver. ESP_ERR_INVALID_STATE while it runs or is joined to an interface. */
esp_err_t esp_eth_driver_uninstall(esp_eth_handle_t hdl);
/**
 * Starts a driver: ETHERNET_EVENT_START, and ETHERNET_EVENT_CONNECTED with the link. ESP_ERR_INVALID_STATE when it
 * runs.
 */
esp_err_t esp_eth_start(esp_eth_handle_t hdl);
/** Stops a driver: ETHERNET_EVENT_DISCONNECTED, ETHERNET_EVENT_STOP. ESP_ERR_INVALID_STATE when it does not run. */
esp_err_t esp_eth_stop(esp_eth_handle_t hdl);
/** Sets who takes received frames; they are freed with free(). */
esp_err_t esp_eth_update_input_path(esp_eth_handle_t hdl,
                                    esp_err_t (*stack_input)(esp_eth_handle_t hdl, uint8_t *buffer, uint32_t length,
                                                             void *priv),
                                    void *priv);
/** Sends a frame. ESP_ERR_INVALID_STATE while the link is down. */
esp_err_t esp_eth_transmit(esp_eth_handle_t hdl, void *buf, size_t length);
/** Asks or tells the driver something. */
esp_err_t esp_eth_ioctl(esp_eth_handle_t hdl, esp_eth_io_cmd_t cmd, void *data);
/** One user more. */
esp_err_t esp_eth_increase_reference(esp_eth_handle_t hdl);
/** One user fewer. */
esp_err_t esp_eth_decrease_reference(esp_eth_handle_t hdl);

#ifdef __cplusplus
}
#endif
