// SPDX-License-Identifier: Apache-2.0

/** @file The board's PHY. The emulators give it the standard registers only (IEEE 802.3, clause 22), at address 1. */

#include <stdlib.h>

#include "esp_eth_phy.h"

#define DEFAULT_ADDRESS 1
#define BMCR 0
#define BMCR_POWER_DOWN (1u << 11)
#define BMCR_LOOPBACK (1u << 14)
#define BMSR 1
#define BMSR_LINK (1u << 2)

struct phy {
    esp_eth_phy_t parent; ///< first: the functions get its address
    esp_eth_mediator_t *mediator;
    uint32_t address;
    eth_link_t link;
    bool negotiates;
};

static esp_err_t set_mediator(esp_eth_phy_t *phy, esp_eth_mediator_t *mediator)
{
    if (mediator == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    ((struct phy *)phy)->mediator = mediator;
    return ESP_OK;
}

static esp_err_t nothing_to_do(esp_eth_phy_t *phy)
{
    (void)phy;
    return ESP_OK;
}

static esp_err_t set_link(esp_eth_phy_t *phy, eth_link_t link)
{
    struct phy *self = (struct phy *)phy;
    if (link == self->link) {
        return ESP_OK;
    }
    self->link = link;
    if (link == ETH_LINK_UP) {
        // The emulated PHY's own registers read as 10 Mbit/s with ESP-IDF's driver. Nothing goes slower for that.
        self->mediator->on_state_changed(self->mediator, ETH_STATE_SPEED, (void *)ETH_SPEED_10M);
        self->mediator->on_state_changed(self->mediator, ETH_STATE_DUPLEX, (void *)ETH_DUPLEX_FULL);
    }
    return self->mediator->on_state_changed(self->mediator, ETH_STATE_LINK, (void *)link);
}

static esp_err_t get_link(esp_eth_phy_t *phy)
{
    struct phy *self = (struct phy *)phy;
    uint32_t status = 0;
    esp_err_t result = self->mediator->phy_reg_read(self->mediator, self->address, BMSR, &status);
    return result == ESP_OK ? set_link(phy, (status & BMSR_LINK) != 0 ? ETH_LINK_UP : ETH_LINK_DOWN) : result;
}

static esp_err_t autonego_ctrl(esp_eth_phy_t *phy, eth_phy_autoneg_cmd_t cmd, bool *autonego_en_stat)
{
    struct phy *self = (struct phy *)phy;
    if (cmd == ESP_ETH_PHY_AUTONEGO_EN || cmd == ESP_ETH_PHY_AUTONEGO_DIS) {
        self->negotiates = cmd == ESP_ETH_PHY_AUTONEGO_EN;
    }
    *autonego_en_stat = self->negotiates;
    return ESP_OK;
}

static esp_err_t change_control(esp_eth_phy_t *phy, uint32_t bit, bool set)
{
    struct phy *self = (struct phy *)phy;
    uint32_t control = 0;
    self->mediator->phy_reg_read(self->mediator, self->address, BMCR, &control);
    control = set ? control | bit : control & ~bit;
    return self->mediator->phy_reg_write(self->mediator, self->address, BMCR, control);
}

static esp_err_t pwrctl(esp_eth_phy_t *phy, bool enable)
{
    return change_control(phy, BMCR_POWER_DOWN, !enable);
}

static esp_err_t loopback(esp_eth_phy_t *phy, bool enable)
{
    return change_control(phy, BMCR_LOOPBACK, enable);
}

static esp_err_t set_addr(esp_eth_phy_t *phy, uint32_t addr)
{
    ((struct phy *)phy)->address = addr;
    return ESP_OK;
}

static esp_err_t get_addr(esp_eth_phy_t *phy, uint32_t *addr)
{
    *addr = ((struct phy *)phy)->address;
    return ESP_OK;
}

static esp_err_t advertise_pause_ability(esp_eth_phy_t *phy, uint32_t ability)
{
    (void)phy, (void)ability;
    return ESP_OK;
}

static esp_err_t set_speed(esp_eth_phy_t *phy, eth_speed_t speed)
{
    (void)phy, (void)speed;
    return ESP_OK;
}

static esp_err_t set_duplex(esp_eth_phy_t *phy, eth_duplex_t duplex)
{
    (void)phy, (void)duplex;
    return ESP_OK;
}

static esp_err_t del(esp_eth_phy_t *phy)
{
    free(phy);
    return ESP_OK;
}

esp_eth_phy_t *esp_eth_phy_new_dp83848(const eth_phy_config_t *config)
{
    if (config == NULL) {
        return NULL;
    }
    struct phy *phy = calloc(1, sizeof(*phy));
    if (phy == NULL) {
        return NULL;
    }
    phy->address = config->phy_addr == ESP_ETH_PHY_ADDR_AUTO ? DEFAULT_ADDRESS : (uint32_t)config->phy_addr;
    phy->link = ETH_LINK_DOWN;
    phy->negotiates = true;
    phy->parent = (esp_eth_phy_t){
        .set_mediator = set_mediator,
        .reset = nothing_to_do,
        .reset_hw = nothing_to_do,
        .init = nothing_to_do,
        .deinit = nothing_to_do,
        .autonego_ctrl = autonego_ctrl,
        .get_link = get_link,
        .set_link = set_link,
        .pwrctl = pwrctl,
        .set_addr = set_addr,
        .get_addr = get_addr,
        .advertise_pause_ability = advertise_pause_ability,
        .loopback = loopback,
        .set_speed = set_speed,
        .set_duplex = set_duplex,
        .del = del,
    };
    return &phy->parent;
}
