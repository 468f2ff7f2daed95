// SPDX-License-Identifier: Apache-2.0

/** @file IPv6 addresses of interfaces. */

#include <string.h>

#include "lwip/netif.h"
#include "netif_object.h"

static esp_err_t create_linklocal(void *ctx)
{
    esp_netif_t *netif = ctx;
    if (!netif->is_added || !netif_is_up(&netif->lwip)) {
        return ESP_FAIL;
    }
    netif_create_ip6_linklocal_address(&netif->lwip, 1);
    return ESP_OK;
}

esp_err_t esp_netif_create_ip6_linklocal(esp_netif_t *esp_netif)
{
    return esp_netif == NULL ? ESP_ERR_ESP_NETIF_INVALID_PARAMS : IN_STACK(create_linklocal, esp_netif);
}

/** Copies address `index` when it is in use. */
static bool copy_if_preferred(esp_netif_t *netif, int index, esp_ip6_addr_t *address)
{
    if (!netif->is_added || !ip6_addr_ispreferred(netif_ip6_addr_state(&netif->lwip, index))) {
        return false;
    }
    memcpy(address, netif_ip6_addr(&netif->lwip, index), sizeof(*address));
    return true;
}

esp_err_t esp_netif_get_ip6_linklocal(esp_netif_t *esp_netif, esp_ip6_addr_t *if_ip6)
{
    _Static_assert(sizeof(esp_ip6_addr_t) == sizeof(ip6_addr_t), "esp_netif's address has lwIP's layout");
    if (esp_netif == NULL || if_ip6 == NULL) {
        return ESP_ERR_ESP_NETIF_INVALID_PARAMS;
    }
    return copy_if_preferred(esp_netif, 0, if_ip6) ? ESP_OK : ESP_FAIL;
}

esp_err_t esp_netif_get_ip6_global(esp_netif_t *esp_netif, esp_ip6_addr_t *if_ip6)
{
    if (esp_netif == NULL || if_ip6 == NULL) {
        return ESP_ERR_ESP_NETIF_INVALID_PARAMS;
    }
    for (int i = 1; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
        if (copy_if_preferred(esp_netif, i, if_ip6)) {
            return ESP_OK;
        }
    }
    return ESP_FAIL;
}

int esp_netif_get_all_ip6(esp_netif_t *esp_netif, esp_ip6_addr_t if_ip6[])
{
    int count = 0;
    for (int i = 0; esp_netif != NULL && i < LWIP_IPV6_NUM_ADDRESSES; i++) {
        if (copy_if_preferred(esp_netif, i, &if_ip6[count])) {
            count++;
        }
    }
    return count;
}

esp_ip6_addr_type_t esp_netif_ip6_get_addr_type(esp_ip6_addr_t *ip6_addr)
{
    const ip6_addr_t *address = (const ip6_addr_t *)ip6_addr;
    if (ip6_addr_isglobal(address)) {
        return ESP_IP6_ADDR_IS_GLOBAL;
    }
    if (ip6_addr_islinklocal(address)) {
        return ESP_IP6_ADDR_IS_LINK_LOCAL;
    }
    if (ip6_addr_issitelocal(address)) {
        return ESP_IP6_ADDR_IS_SITE_LOCAL;
    }
    if (ip6_addr_isuniquelocal(address)) {
        return ESP_IP6_ADDR_IS_UNIQUE_LOCAL;
    }
    return ip6_addr_isipv4mappedipv6(address) ? ESP_IP6_ADDR_IS_IPV4_MAPPED_IPV6 : ESP_IP6_ADDR_IS_UNKNOWN;
}
