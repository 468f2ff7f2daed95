// SPDX-License-Identifier: Apache-2.0

/** @file The default route: the interface that is up and has the greatest priority, unless the program chose one. */

#include "netif_object.h"

static esp_netif_t *s_chosen;

void esp_netif_choose_default(void)
{
    esp_netif_t *best = NULL;
    for (esp_netif_t *netif = esp_netif_next_unsafe(NULL); netif != NULL; netif = esp_netif_next_unsafe(netif)) {
        if (!netif->is_added || !netif_is_up(&netif->lwip) || !netif_is_link_up(&netif->lwip)) {
            continue;
        }
        if (netif == s_chosen) {
            best = netif;
            break;
        }
        if (best == NULL || netif->route_prio > best->route_prio) {
            best = netif;
        }
    }
    netif_set_default(best == NULL ? NULL : &best->lwip);
}

static esp_err_t set_default(void *ctx)
{
    s_chosen = ctx;
    esp_netif_choose_default();
    return ESP_OK;
}

esp_err_t esp_netif_set_default_netif(esp_netif_t *esp_netif)
{
    return IN_STACK(set_default, esp_netif);
}

esp_netif_t *esp_netif_get_default_netif(void)
{
    return netif_default == NULL ? NULL : netif_default->state;
}
