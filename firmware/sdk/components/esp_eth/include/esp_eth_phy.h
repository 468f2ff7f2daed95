// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file Ethernet PHYs. The board's is a DP83848. */

#include <stdbool.h>

#include "esp_eth_com.h"
#include "sdkconfig.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ESP_ETH_PHY_ADDR_AUTO (-1)

typedef enum {
    ESP_ETH_PHY_AUTONEGO_RESTART,
    ESP_ETH_PHY_AUTONEGO_EN,
    ESP_ETH_PHY_AUTONEGO_DIS,
    ESP_ETH_PHY_AUTONEGO_G_STAT,
} eth_phy_autoneg_cmd_t;

typedef struct esp_eth_phy_s esp_eth_phy_t;

/** A PHY: functions that take it as their first argument. */
struct esp_eth_phy_s {
    esp_err_t (*set_mediator)(esp_eth_phy_t *phy, esp_eth_mediator_t *mediator);
    esp_err_t (*reset)(esp_eth_phy_t *phy);
    esp_err_t (*reset_hw)(esp_eth_phy_t *phy);
    esp_err_t (*init)(esp_eth_phy_t *phy);
    esp_err_t (*deinit)(esp_eth_phy_t *phy);
    esp_err_t (*autonego_ctrl)(esp_eth_phy_t *phy, eth_phy_autoneg_cmd_t cmd, bool *autonego_en_stat);
    esp_err_t (*get_link)(esp_eth_phy_t *phy); ///< tells the driver of a link that came or went
    esp_err_t (*set_link)(esp_eth_phy_t *phy, eth_link_t link);
    esp_err_t (*pwrctl)(esp_eth_phy_t *phy, bool enable);
    esp_err_t (*set_addr)(esp_eth_phy_t *phy, uint32_t addr);
    esp_err_t (*get_addr)(esp_eth_phy_t *phy, uint32_t *addr);
    esp_err_t (*advertise_pause_ability)(esp_eth_phy_t *phy, uint32_t ability);
    esp_err_t (*loopback)(esp_eth_phy_t *phy, bool enable);
    esp_err_t (*set_speed)(esp_eth_phy_t *phy, eth_speed_t speed);
    esp_err_t (*set_duplex)(esp_eth_phy_t *phy, eth_duplex_t duplex);
    esp_err_t (*custom_ioctl)(esp_eth_phy_t *phy, uint32_t cmd, void *data);
    esp_err_t (*del)(esp_eth_phy_t *phy);
};

/** Settings of a PHY. */
typedef struct {
    int32_t phy_addr;
    uint32_t reset_timeout_ms;    ///< unused: the reset takes no time
    uint32_t autonego_timeout_ms; ///< unused: the link is negotiated at once
    int reset_gpio_num;           ///< unused
} eth_phy_config_t;

#define ETH_PHY_DEFAULT_CONFIG()           \
    {                                      \
        .phy_addr = ESP_ETH_PHY_ADDR_AUTO, \
        .reset_timeout_ms = 100,           \
        .autonego_timeout_ms = 4000,       \
        .reset_gpio_num = 5,               \
    }

/** The board's PHY; NULL for a NULL argument. */
esp_eth_phy_t *esp_eth_phy_new_dp83848(const eth_phy_config_t *config);

#ifdef __cplusplus
}
#endif
