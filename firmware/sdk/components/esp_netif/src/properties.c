// SPDX-License-Identifier: Apache-2.0

/** @file What an interface is called and how it stands. */

#include <string.h>

#include "netif_object.h"

esp_err_t esp_netif_set_mac(esp_netif_t *esp_netif, uint8_t mac[])
{
    if (esp_netif == NULL) {
        return ESP_ERR_ESP_NETIF_IF_NOT_READY;
    }
    memcpy(esp_netif->mac, mac, sizeof(esp_netif->mac));
    memcpy(esp_netif->lwip.hwaddr, mac, sizeof(esp_netif->mac));
    return ESP_OK;
}

esp_err_t esp_netif_get_mac(esp_netif_t *esp_netif, uint8_t mac[])
{
    if (esp_netif == NULL) {
        return ESP_ERR_ESP_NETIF_IF_NOT_READY;
    }
    memcpy(mac, esp_netif->mac, sizeof(esp_netif->mac));
    return ESP_OK;
}

esp_err_t esp_netif_set_hostname(esp_netif_t *esp_netif, const char *hostname)
{
    if (esp_netif == NULL || hostname == NULL || strlen(hostname) > HOSTNAME_MAX) {
        return ESP_ERR_ESP_NETIF_INVALID_PARAMS;
    }
    strcpy(esp_netif->hostname, hostname);
    return ESP_OK;
}

esp_err_t esp_netif_get_hostname(esp_netif_t *esp_netif, const char **hostname)
{
    if (esp_netif == NULL || hostname == NULL) {
        return ESP_ERR_ESP_NETIF_INVALID_PARAMS;
    }
    *hostname = esp_netif->hostname;
    return ESP_OK;
}

esp_netif_iodriver_handle esp_netif_get_io_driver(esp_netif_t *esp_netif)
{
    return esp_netif->driver.handle;
}

esp_netif_t *esp_netif_get_handle_from_netif_impl(void *dev)
{
    return ((struct netif *)dev)->state;
}

void *esp_netif_get_netif_impl(esp_netif_t *esp_netif)
{
    return esp_netif == NULL ? NULL : &esp_netif->lwip;
}

bool esp_netif_is_netif_up(esp_netif_t *esp_netif)
{
    return esp_netif != NULL && esp_netif->is_added && netif_is_up(&esp_netif->lwip);
}

esp_netif_flags_t esp_netif_get_flags(esp_netif_t *esp_netif)
{
    return esp_netif->flags;
}

const char *esp_netif_get_ifkey(esp_netif_t *esp_netif)
{
    return esp_netif->if_key;
}

const char *esp_netif_get_desc(esp_netif_t *esp_netif)
{
    return esp_netif != NULL ? esp_netif->if_desc : NULL;
}

int esp_netif_get_route_prio(esp_netif_t *esp_netif)
{
    return esp_netif == NULL ? -1 : esp_netif->route_prio;
}

int32_t esp_netif_get_event_id(esp_netif_t *esp_netif, esp_netif_ip_event_type_t event_type)
{
    if (esp_netif == NULL) {
        return -1;
    }
    switch (event_type) {
    case ESP_NETIF_IP_EVENT_GOT_IP:
        return (int32_t)esp_netif->get_ip_event;
    case ESP_NETIF_IP_EVENT_LOST_IP:
        return (int32_t)esp_netif->lost_ip_event;
    default:
        return -1;
    }
}

int esp_netif_get_netif_impl_index(esp_netif_t *esp_netif)
{
    return esp_netif != NULL && esp_netif->is_added ? netif_get_index(&esp_netif->lwip) : -1;
}

static esp_err_t impl_name(void *ctx)
{
    void **arguments = ctx;
    esp_netif_t *netif = arguments[0];
    char *name = netif_index_to_name(netif_get_index(&netif->lwip), arguments[1]);
    return name != NULL ? ESP_OK : ESP_ERR_ESP_NETIF_INVALID_PARAMS;
}

esp_err_t esp_netif_get_netif_impl_name(esp_netif_t *esp_netif, char *name)
{
    if (esp_netif == NULL || !esp_netif->is_added) {
        return ESP_ERR_ESP_NETIF_INVALID_PARAMS;
    }
    void *arguments[] = {esp_netif, name};
    return IN_STACK(impl_name, arguments);
}
