// SPDX-License-Identifier: Apache-2.0

/** @file An Ethernet driver: joins a MAC and a PHY, watches the link, posts ETH_EVENT. */

#include <stdlib.h>
#include <string.h>

#include "esp_check.h"
#include "esp_eth_driver.h"
#include "esp_event.h"
#include "esp_log.h"
#include "esp_timer.h"

static const char *TAG = "esp_eth";

ESP_EVENT_DEFINE_BASE(ETH_EVENT);

struct driver {
    esp_eth_mediator_t mediator; ///< first: the MAC and the PHY get its address
    esp_eth_config_t config;
    void *input_context;
    esp_timer_handle_t link_timer;
    eth_link_t link;
    eth_speed_t speed;
    eth_duplex_t duplex;
    bool negotiates;
    bool is_started;
    int references;
};

static esp_err_t post(struct driver *driver, eth_event_t event)
{
    esp_eth_handle_t handle = driver;
    return esp_event_post(ETH_EVENT, event, &handle, sizeof(handle), 0);
}

static esp_err_t phy_reg_read(esp_eth_mediator_t *mediator, uint32_t phy_addr, uint32_t phy_reg, uint32_t *reg_value)
{
    struct driver *driver = (struct driver *)mediator;
    if (driver->config.read_phy_reg != NULL) {
        return driver->config.read_phy_reg(driver, phy_addr, phy_reg, reg_value);
    }
    return driver->config.mac->read_phy_reg(driver->config.mac, phy_addr, phy_reg, reg_value);
}

static esp_err_t phy_reg_write(esp_eth_mediator_t *mediator, uint32_t phy_addr, uint32_t phy_reg, uint32_t reg_value)
{
    struct driver *driver = (struct driver *)mediator;
    if (driver->config.write_phy_reg != NULL) {
        return driver->config.write_phy_reg(driver, phy_addr, phy_reg, reg_value);
    }
    return driver->config.mac->write_phy_reg(driver->config.mac, phy_addr, phy_reg, reg_value);
}

static esp_err_t stack_input(esp_eth_mediator_t *mediator, uint8_t *buffer, uint32_t length)
{
    struct driver *driver = (struct driver *)mediator;
    if (driver->config.stack_input == NULL) {
        free(buffer);
        return ESP_OK;
    }
    return driver->config.stack_input(driver, buffer, length, driver->input_context);
}

static esp_err_t on_state_changed(esp_eth_mediator_t *mediator, esp_eth_state_t state, void *args)
{
    struct driver *driver = (struct driver *)mediator;
    esp_eth_mac_t *mac = driver->config.mac;
    switch (state) {
    case ETH_STATE_LLINIT:
        return driver->config.on_lowlevel_init_done != NULL ? driver->config.on_lowlevel_init_done(driver) : ESP_OK;
    case ETH_STATE_DEINIT:
        return driver->config.on_lowlevel_deinit_done != NULL ? driver->config.on_lowlevel_deinit_done(driver) : ESP_OK;
    case ETH_STATE_LINK:
        driver->link = (eth_link_t)args;
        mac->set_link(mac, driver->link);
        return post(driver, driver->link == ETH_LINK_UP ? ETHERNET_EVENT_CONNECTED : ETHERNET_EVENT_DISCONNECTED);
    case ETH_STATE_SPEED:
        driver->speed = (eth_speed_t)args;
        return mac->set_speed(mac, driver->speed);
    case ETH_STATE_DUPLEX:
        driver->duplex = (eth_duplex_t)args;
        return mac->set_duplex(mac, driver->duplex);
    case ETH_STATE_PAUSE:
        return mac->set_peer_pause_ability(mac, (uint32_t)args);
    default:
        return ESP_ERR_INVALID_ARG;
    }
}

static void check_link(void *argument)
{
    struct driver *driver = argument;
    driver->config.phy->get_link(driver->config.phy);
}

esp_err_t esp_eth_driver_install(const esp_eth_config_t *config, esp_eth_handle_t *out_hdl)
{
    ESP_RETURN_ON_FALSE(config != NULL && out_hdl != NULL, ESP_ERR_INVALID_ARG, TAG, "invalid argument");
    ESP_RETURN_ON_FALSE(config->mac != NULL && config->phy != NULL, ESP_ERR_INVALID_ARG, TAG,
                        "can't set eth->mac or eth->phy to null");
    struct driver *driver = calloc(1, sizeof(*driver));
    ESP_RETURN_ON_FALSE(driver != NULL, ESP_ERR_NO_MEM, TAG, "no mem for eth_driver");
    driver->mediator = (esp_eth_mediator_t){phy_reg_read, phy_reg_write, stack_input, on_state_changed};
    driver->config = *config;
    driver->link = ETH_LINK_DOWN;
    driver->references = 1;
    const esp_timer_create_args_t timer = {
        .callback = check_link, .arg = driver, .name = "eth_link_timer", .skip_unhandled_events = true};
    esp_err_t ret = esp_timer_create(&timer, &driver->link_timer);
    ESP_GOTO_ON_ERROR(ret, failed, TAG, "create link timer failed");
    config->mac->set_mediator(config->mac, &driver->mediator);
    config->phy->set_mediator(config->phy, &driver->mediator);
    config->phy->reset_hw(config->phy);
    ESP_GOTO_ON_ERROR(config->mac->init(config->mac), failed, TAG, "init mac failed");
    ESP_GOTO_ON_ERROR(config->phy->init(config->phy), failed, TAG, "init phy failed");
    config->phy->autonego_ctrl(config->phy, ESP_ETH_PHY_AUTONEGO_G_STAT, &driver->negotiates);
    *out_hdl = driver;
    return ESP_OK;
failed:
    if (driver->link_timer != NULL) {
        esp_timer_delete(driver->link_timer);
    }
    free(driver);
    return ret;
}

esp_err_t esp_eth_driver_uninstall(esp_eth_handle_t hdl)
{
    struct driver *driver = hdl;
    ESP_RETURN_ON_FALSE(driver != NULL, ESP_ERR_INVALID_ARG, TAG, "invalid argument");
    ESP_RETURN_ON_FALSE(!driver->is_started, ESP_ERR_INVALID_STATE, TAG, "driver not stopped yet");
    ESP_RETURN_ON_FALSE(driver->references == 1, ESP_ERR_INVALID_STATE, TAG, "%d ethernet reference in use",
                        driver->references);
    esp_timer_delete(driver->link_timer);
    driver->config.phy->deinit(driver->config.phy);
    driver->config.mac->deinit(driver->config.mac);
    free(driver);
    return ESP_OK;
}

esp_err_t esp_eth_start(esp_eth_handle_t hdl)
{
    struct driver *driver = hdl;
    ESP_RETURN_ON_FALSE(driver != NULL, ESP_ERR_INVALID_ARG, TAG, "ethernet driver handle can't be null");
    ESP_RETURN_ON_FALSE(!driver->is_started, ESP_ERR_INVALID_STATE, TAG, "driver started already");
    driver->is_started = true;
    ESP_RETURN_ON_ERROR(post(driver, ETHERNET_EVENT_START), TAG, "send ETHERNET_EVENT_START event failed");
    ESP_RETURN_ON_ERROR(driver->config.phy->get_link(driver->config.phy), TAG, "phy get link status failed");
    return esp_timer_start_periodic(driver->link_timer, (uint64_t)driver->config.check_link_period_ms * 1000);
}

esp_err_t esp_eth_stop(esp_eth_handle_t hdl)
{
    struct driver *driver = hdl;
    ESP_RETURN_ON_FALSE(driver != NULL, ESP_ERR_INVALID_ARG, TAG, "ethernet driver handle can't be null");
    ESP_RETURN_ON_FALSE(driver->is_started, ESP_ERR_INVALID_STATE, TAG, "driver not started yet");
    driver->is_started = false;
    esp_timer_stop(driver->link_timer);
    if (driver->link == ETH_LINK_UP) {
        driver->config.phy->set_link(driver->config.phy, ETH_LINK_DOWN);
    }
    return post(driver, ETHERNET_EVENT_STOP);
}

esp_err_t esp_eth_update_input_path(esp_eth_handle_t hdl,
                                    esp_err_t (*stack_input)(esp_eth_handle_t hdl, uint8_t *buffer, uint32_t length,
                                                             void *priv),
                                    void *priv)
{
    struct driver *driver = hdl;
    ESP_RETURN_ON_FALSE(driver != NULL, ESP_ERR_INVALID_ARG, TAG, "ethernet driver handle can't be null");
    driver->input_context = priv;
    driver->config.stack_input = stack_input;
    return ESP_OK;
}

esp_err_t esp_eth_transmit(esp_eth_handle_t hdl, void *buf, size_t length)
{
    struct driver *driver = hdl;
    if (!driver->is_started || driver->link != ETH_LINK_UP) {
        return ESP_ERR_INVALID_STATE;
    }
    ESP_RETURN_ON_FALSE(buf != NULL && length > 0, ESP_ERR_INVALID_ARG, TAG, "can't set buf to null");
    return driver->config.mac->transmit(driver->config.mac, buf, length);
}

esp_err_t esp_eth_ioctl(esp_eth_handle_t hdl, esp_eth_io_cmd_t cmd, void *data)
{
    struct driver *driver = hdl;
    ESP_RETURN_ON_FALSE(driver != NULL && data != NULL, ESP_ERR_INVALID_ARG, TAG, "invalid argument");
    esp_eth_mac_t *mac = driver->config.mac;
    esp_eth_phy_t *phy = driver->config.phy;
    esp_eth_phy_reg_rw_data_t *access = data;
    uint32_t phy_addr = 0;
    switch (cmd) {
    case ETH_CMD_S_MAC_ADDR:
        return mac->set_addr(mac, data);
    case ETH_CMD_G_MAC_ADDR:
        return mac->get_addr(mac, data);
    case ETH_CMD_S_PHY_ADDR:
        return phy->set_addr(phy, *(uint32_t *)data);
    case ETH_CMD_G_PHY_ADDR:
        return phy->get_addr(phy, data);
    case ETH_CMD_S_AUTONEGO:
        ESP_RETURN_ON_FALSE(!driver->is_started, ESP_ERR_INVALID_STATE, TAG,
                            "driver needs to be stopped to change this");
        return phy->autonego_ctrl(phy, *(bool *)data ? ESP_ETH_PHY_AUTONEGO_EN : ESP_ETH_PHY_AUTONEGO_DIS,
                                  &driver->negotiates);
    case ETH_CMD_G_AUTONEGO:
        *(bool *)data = driver->negotiates;
        return ESP_OK;
    case ETH_CMD_S_SPEED:
        driver->speed = *(eth_speed_t *)data;
        return phy->set_speed(phy, driver->speed);
    case ETH_CMD_G_SPEED:
        *(eth_speed_t *)data = driver->speed;
        return ESP_OK;
    case ETH_CMD_S_DUPLEX_MODE:
        driver->duplex = *(eth_duplex_t *)data;
        return phy->set_duplex(phy, driver->duplex);
    case ETH_CMD_G_DUPLEX_MODE:
        *(eth_duplex_t *)data = driver->duplex;
        return ESP_OK;
    case ETH_CMD_S_PROMISCUOUS:
        return mac->set_promiscuous(mac, *(bool *)data);
    case ETH_CMD_S_FLOW_CTRL:
        return mac->enable_flow_ctrl(mac, *(bool *)data);
    case ETH_CMD_S_PHY_LOOPBACK:
        return phy->loopback(phy, *(bool *)data);
    case ETH_CMD_READ_PHY_REG:
        phy->get_addr(phy, &phy_addr);
        return phy_reg_read(&driver->mediator, phy_addr, access->reg_addr, access->reg_value_p);
    case ETH_CMD_WRITE_PHY_REG:
        phy->get_addr(phy, &phy_addr);
        return phy_reg_write(&driver->mediator, phy_addr, access->reg_addr, *access->reg_value_p);
    default:
        ESP_LOGE(TAG, "%s(%d): unknown io command: %d", __func__, __LINE__, cmd);
        return ESP_ERR_INVALID_ARG;
    }
}

esp_err_t esp_eth_increase_reference(esp_eth_handle_t hdl)
{
    ESP_RETURN_ON_FALSE(hdl != NULL, ESP_ERR_INVALID_ARG, TAG, "ethernet driver handle can't be null");
    ((struct driver *)hdl)->references++;
    return ESP_OK;
}

esp_err_t esp_eth_decrease_reference(esp_eth_handle_t hdl)
{
    ESP_RETURN_ON_FALSE(hdl != NULL, ESP_ERR_INVALID_ARG, TAG, "ethernet driver handle can't be null");
    ((struct driver *)hdl)->references--;
    return ESP_OK;
}
