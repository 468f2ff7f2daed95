// SPDX-License-Identifier: Apache-2.0

/**
 * @file Joins an Ethernet driver to a network interface: frames both ways, and the driver's events moving the interface
 * along.
 */

#include <stdlib.h>

#include "esp_check.h"
#include "esp_eth_netif_glue.h"
#include "esp_event.h"
#include "esp_log.h"
#include "esp_netif.h"

static const char *TAG = "esp_eth.netif.netif_glue";

#define EVENT_COUNT 4

struct esp_eth_netif_glue_t {
    esp_netif_driver_base_t base; ///< first: esp_netif_attach() gets its address
    esp_eth_handle_t driver;
    esp_event_handler_instance_t events[EVENT_COUNT]; ///< by eth_event_t
    esp_event_handler_instance_t got_ip;
};

static esp_err_t receive(esp_eth_handle_t driver, uint8_t *buffer, uint32_t length, void *netif)
{
    (void)driver;
    return esp_netif_receive(netif, buffer, length, NULL);
}

static void free_frame(void *driver, void *buffer)
{
    (void)driver;
    free(buffer);
}

static esp_err_t post_attach(esp_netif_t *netif, esp_netif_iodriver_handle handle)
{
    struct esp_eth_netif_glue_t *glue = handle;
    glue->base.netif = netif;
    esp_eth_update_input_path(glue->driver, receive, netif);
    esp_netif_driver_ifconfig_t config = {
        .handle = glue->driver,
        .transmit = esp_eth_transmit,
        .driver_free_rx_buffer = free_frame,
    };
    esp_netif_set_driver_config(netif, &config);
    uint8_t mac[ETH_ADDR_LEN];
    esp_eth_ioctl(glue->driver, ETH_CMD_G_MAC_ADDR, mac);
    ESP_LOGI(TAG, "%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2], mac[3], mac[4], mac[5]);
    esp_netif_set_mac(netif, mac);
    ESP_LOGI(TAG, "ethernet attached to netif");
    return ESP_OK;
}

static void on_ethernet(void *argument, esp_event_base_t base, int32_t id, void *data)
{
    struct esp_eth_netif_glue_t *glue = argument;
    if (glue->driver != *(esp_eth_handle_t *)data || glue->base.netif == NULL) {
        return;
    }
    switch (id) {
    case ETHERNET_EVENT_START:
        esp_netif_action_start(glue->base.netif, base, id, data);
        break;
    case ETHERNET_EVENT_STOP:
        esp_netif_action_stop(glue->base.netif, base, id, data);
        break;
    case ETHERNET_EVENT_CONNECTED:
        esp_netif_action_connected(glue->base.netif, base, id, data);
        break;
    default:
        esp_netif_action_disconnected(glue->base.netif, base, id, data);
        break;
    }
}

static void on_got_ip(void *argument, esp_event_base_t base, int32_t id, void *data)
{
    struct esp_eth_netif_glue_t *glue = argument;
    esp_netif_t *netif = ((ip_event_got_ip_t *)data)->esp_netif;
    if (glue->base.netif == netif) {
        esp_netif_action_got_ip(netif, base, id, data);
    }
}

static void unregister(struct esp_eth_netif_glue_t *glue)
{
    for (int32_t id = 0; id < EVENT_COUNT; id++) {
        if (glue->events[id] != NULL) {
            esp_event_handler_instance_unregister(ETH_EVENT, id, glue->events[id]);
        }
    }
    if (glue->got_ip != NULL) {
        esp_event_handler_instance_unregister(IP_EVENT, IP_EVENT_ETH_GOT_IP, glue->got_ip);
    }
}

esp_eth_netif_glue_handle_t esp_eth_new_netif_glue(esp_eth_handle_t eth_hdl)
{
    struct esp_eth_netif_glue_t *glue = calloc(1, sizeof(*glue));
    if (glue == NULL) {
        return NULL;
    }
    glue->base.post_attach = post_attach;
    glue->driver = eth_hdl;
    esp_err_t result = ESP_OK;
    for (int32_t id = 0; id < EVENT_COUNT && result == ESP_OK; id++) {
        result = esp_event_handler_instance_register(ETH_EVENT, id, on_ethernet, glue, &glue->events[id]);
    }
    if (result == ESP_OK) {
        result = esp_event_handler_instance_register(IP_EVENT, IP_EVENT_ETH_GOT_IP, on_got_ip, glue, &glue->got_ip);
    }
    if (result != ESP_OK) {
        unregister(glue);
        free(glue);
        return NULL;
    }
    esp_eth_increase_reference(eth_hdl);
    return glue;
}

esp_err_t esp_eth_del_netif_glue(esp_eth_netif_glue_handle_t eth_netif_glue)
{
    ESP_RETURN_ON_FALSE(eth_netif_glue != NULL, ESP_ERR_INVALID_ARG, TAG, "eth_netif_glue handle can't be null");
    unregister(eth_netif_glue);
    esp_eth_update_input_path(eth_netif_glue->driver, NULL, NULL);
    esp_eth_decrease_reference(eth_netif_glue->driver);
    free(eth_netif_glue);
    return ESP_OK;
}
