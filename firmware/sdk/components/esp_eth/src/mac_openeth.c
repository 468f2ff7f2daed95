// SPDX-License-Identifier: Apache-2.0

/** @file The board's MAC as an esp_eth_mac_t. */

#include <stdlib.h>
#include <string.h>
#include <sys/cdefs.h>

#include "esp_eth_mac.h"
#include "esp_mac.h"
#include "openeth.h"

struct mac {
    esp_eth_mac_t parent; ///< first: the functions get its address
    esp_eth_mediator_t *mediator;
    uint8_t address[ETH_ADDR_LEN];
};

static void receive(void *context, uint8_t *buffer, size_t length)
{
    esp_eth_mediator_t *mediator = ((struct mac *)context)->mediator;
    mediator->stack_input(mediator, buffer, length);
}

static esp_err_t set_mediator(esp_eth_mac_t *mac, esp_eth_mediator_t *mediator)
{
    if (mediator == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    ((struct mac *)mac)->mediator = mediator;
    return ESP_OK;
}

static esp_err_t set_addr(esp_eth_mac_t *mac, uint8_t *address)
{
    if (address == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    memcpy(((struct mac *)mac)->address, address, ETH_ADDR_LEN);
    openeth_set_mac(address);
    return ESP_OK;
}

static esp_err_t get_addr(esp_eth_mac_t *mac, uint8_t *address)
{
    if (address == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    memcpy(address, ((struct mac *)mac)->address, ETH_ADDR_LEN);
    return ESP_OK;
}

static esp_err_t init(esp_eth_mac_t *mac)
{
    uint8_t address[ETH_ADDR_LEN];
    esp_err_t result = esp_read_mac(address, ESP_MAC_ETH);
    if (result == ESP_OK) {
        set_addr(mac, address);
        openeth_set_receiver(receive, mac);
        esp_eth_mediator_t *mediator = ((struct mac *)mac)->mediator;
        result = mediator->on_state_changed(mediator, ETH_STATE_LLINIT, NULL);
    }
    return result;
}

static esp_err_t deinit(esp_eth_mac_t *mac)
{
    openeth_set_receiver(NULL, NULL);
    esp_eth_mediator_t *mediator = ((struct mac *)mac)->mediator;
    return mediator->on_state_changed(mediator, ETH_STATE_DEINIT, NULL);
}

static esp_err_t start(esp_eth_mac_t *mac)
{
    (void)mac;
    openeth_enable(true);
    return ESP_OK;
}

static esp_err_t stop(esp_eth_mac_t *mac)
{
    (void)mac;
    openeth_enable(false);
    return ESP_OK;
}

static esp_err_t set_link(esp_eth_mac_t *mac, eth_link_t link)
{
    return link == ETH_LINK_UP ? start(mac) : stop(mac);
}

static esp_err_t transmit(esp_eth_mac_t *mac, uint8_t *buf, uint32_t length)
{
    (void)mac;
    return openeth_transmit(buf, length);
}

static esp_err_t read_phy_reg(esp_eth_mac_t *mac, uint32_t phy_addr, uint32_t phy_reg, uint32_t *reg_value)
{
    (void)mac;
    *reg_value = openeth_read_phy(phy_addr, phy_reg);
    return ESP_OK;
}

static esp_err_t write_phy_reg(esp_eth_mac_t *mac, uint32_t phy_addr, uint32_t phy_reg, uint32_t reg_value)
{
    (void)mac;
    openeth_write_phy(phy_addr, phy_reg, reg_value);
    return ESP_OK;
}

static esp_err_t set_promiscuous(esp_eth_mac_t *mac, bool enable)
{
    (void)mac;
    openeth_set_promiscuous(enable);
    return ESP_OK;
}

// The emulated link has no speed, duplex or flow control: any setting is as good.

static esp_err_t set_speed(esp_eth_mac_t *mac, eth_speed_t speed)
{
    (void)mac, (void)speed;
    return ESP_OK;
}

static esp_err_t set_duplex(esp_eth_mac_t *mac, eth_duplex_t duplex)
{
    (void)mac, (void)duplex;
    return ESP_OK;
}

static esp_err_t enable_flow_ctrl(esp_eth_mac_t *mac, bool enable)
{
    (void)mac, (void)enable;
    return ESP_OK;
}

static esp_err_t set_peer_pause_ability(esp_eth_mac_t *mac, uint32_t ability)
{
    (void)mac, (void)ability;
    return ESP_OK;
}

static esp_err_t del(esp_eth_mac_t *mac)
{
    openeth_close();
    free(mac);
    return ESP_OK;
}

esp_eth_mac_t *esp_eth_mac_new_openeth(const eth_mac_config_t *config)
{
    if (config == NULL) {
        return NULL;
    }
    struct mac *mac = calloc(1, sizeof(*mac));
    if (mac == NULL || openeth_open(config->rx_task_stack_size, config->rx_task_prio) != ESP_OK) {
        free(mac);
        return NULL;
    }
    mac->parent = (esp_eth_mac_t){
        .set_mediator = set_mediator,
        .init = init,
        .deinit = deinit,
        .start = start,
        .stop = stop,
        .transmit = transmit,
        .read_phy_reg = read_phy_reg,
        .write_phy_reg = write_phy_reg,
        .set_addr = set_addr,
        .get_addr = get_addr,
        .set_speed = set_speed,
        .set_duplex = set_duplex,
        .set_link = set_link,
        .set_promiscuous = set_promiscuous,
        .enable_flow_ctrl = enable_flow_ctrl,
        .set_peer_pause_ability = set_peer_pause_ability,
        .del = del,
    };
    return &mac->parent;
}
