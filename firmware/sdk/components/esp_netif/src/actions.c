// SPDX-License-Identifier: Apache-2.0

/** @file An interface's life: into the stack, up, down, out of it; and the event handlers that move it along. */

#include <string.h>

#include "esp_event.h"
#include "esp_log.h"
#include "lwip/dhcp.h"
#include "lwip/tcpip.h"
#include "netif_object.h"

static const char *TAG = "esp_netif_handlers";

static void set_stack_address(esp_netif_t *netif, const esp_netif_ip_info_t *info)
{
    ip4_addr_t ip = {info->ip.addr};
    ip4_addr_t netmask = {info->netmask.addr};
    ip4_addr_t gw = {info->gw.addr};
    netif_set_addr(&netif->lwip, &ip, &netmask, &gw);
}

static esp_err_t start(void *ctx)
{
    esp_netif_t *netif = ctx;
    if (netif->is_added) {
        return ESP_OK;
    }
    if (netif->driver.transmit == NULL || netif->driver.driver_free_rx_buffer == NULL) {
        ESP_LOGE(TAG, "Cannot start esp_netif: Missing mandatory configuration");
        return ESP_ERR_INVALID_STATE;
    }
    memset(&netif->lwip, 0, sizeof(netif->lwip));
    if (netif_add(&netif->lwip, NULL, NULL, NULL, netif, netif->stack->init, tcpip_input) == NULL) {
        return ESP_ERR_ESP_NETIF_IF_NOT_READY;
    }
    netif->is_added = true;
    set_stack_address(netif, &netif->ip_info);
    if (netif->flags & ESP_NETIF_FLAG_AUTOUP) {
        netif_set_up(&netif->lwip);
    }
    return ESP_OK;
}

static esp_err_t down(void *ctx)
{
    esp_netif_t *netif = ctx;
    if (!netif->is_added) {
        return ESP_OK;
    }
    if (netif->dhcp == ESP_NETIF_DHCP_STARTED) {
        dhcp_stop(&netif->lwip);
        set_stack_address(netif, &(esp_netif_ip_info_t){0});
        netif->dhcp = ESP_NETIF_DHCP_INIT; // starts again with the link
    }
    netif_set_link_down(&netif->lwip);
    netif_set_down(&netif->lwip);
    esp_netif_choose_default();
    return ESP_OK;
}

static esp_err_t stop(void *ctx)
{
    esp_netif_t *netif = ctx;
    if (!netif->is_added) {
        return ESP_OK;
    }
    down(netif);
    dhcp_cleanup(&netif->lwip);
    netif_remove(&netif->lwip);
    netif->is_added = false;
    return ESP_OK;
}

static esp_err_t up(void *ctx)
{
    esp_netif_t *netif = ctx;
    if (!netif->is_added) {
        return ESP_ERR_ESP_NETIF_IF_NOT_READY;
    }
    netif_set_up(&netif->lwip);
    netif_set_link_up(&netif->lwip);
    esp_netif_choose_default();
    return ESP_OK;
}

esp_err_t esp_netif_start(esp_netif_t *esp_netif)
{
    return IN_STACK(start, esp_netif);
}

esp_err_t esp_netif_stop(esp_netif_t *esp_netif)
{
    return IN_STACK(stop, esp_netif);
}

esp_err_t esp_netif_up(esp_netif_t *esp_netif)
{
    return IN_STACK(up, esp_netif);
}

esp_err_t esp_netif_down(esp_netif_t *esp_netif)
{
    return IN_STACK(down, esp_netif);
}

void esp_netif_action_start(void *esp_netif, esp_event_base_t base, int32_t event_id, void *data)
{
    (void)base, (void)event_id, (void)data;
    esp_netif_start(esp_netif);
}

void esp_netif_action_stop(void *esp_netif, esp_event_base_t base, int32_t event_id, void *data)
{
    (void)base, (void)event_id, (void)data;
    esp_netif_stop(esp_netif);
}

static esp_err_t tell_fixed_address(void *ctx)
{
    esp_netif_t *netif = ctx;
    if (netif->ip_info.ip.addr == 0) {
        ESP_LOGE(TAG, "invalid static ip");
        return ESP_FAIL;
    }
    esp_netif_tell_address(netif);
    return ESP_OK;
}

void esp_netif_action_connected(void *esp_netif, esp_event_base_t base, int32_t event_id, void *data)
{
    (void)base, (void)event_id, (void)data;
    esp_netif_t *netif = esp_netif;
    esp_netif_up(netif);
    if (!(netif->flags & ESP_NETIF_DHCP_CLIENT)) {
        return;
    }
    if (netif->dhcp == ESP_NETIF_DHCP_INIT) {
        esp_netif_dhcpc_start(netif);
    } else if (netif->dhcp == ESP_NETIF_DHCP_STOPPED) {
        IN_STACK(tell_fixed_address, netif);
    }
}

void esp_netif_action_disconnected(void *esp_netif, esp_event_base_t base, int32_t event_id, void *data)
{
    (void)base, (void)event_id, (void)data;
    esp_netif_down(esp_netif);
}

void esp_netif_action_got_ip(void *esp_netif, esp_event_base_t base, int32_t event_id, void *data)
{
    (void)base, (void)event_id;
    const esp_netif_ip_info_t *info = &((const ip_event_got_ip_t *)data)->ip_info;
    ESP_LOGI(TAG, "%s ip: " IPSTR ", mask: " IPSTR ", gw: " IPSTR, esp_netif_get_desc(esp_netif), IP2STR(&info->ip),
             IP2STR(&info->netmask), IP2STR(&info->gw));
}
