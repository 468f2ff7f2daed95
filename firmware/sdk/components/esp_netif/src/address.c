// SPDX-License-Identifier: Apache-2.0

/** @file Addresses of interfaces, the DHCP client, name servers, and the events that tell of a new or lost address. */

#include <string.h>

#include "esp_event.h"
#include "esp_log.h"
#include "lwip/dhcp.h"
#include "lwip/dns.h"
#include "lwip/timeouts.h"
#include "netif_object.h"

static const char *TAG = "esp_netif_lwip";

ESP_EVENT_DEFINE_BASE(IP_EVENT);

static esp_netif_ip_info_t stack_address(const esp_netif_t *netif)
{
    return (esp_netif_ip_info_t){
        .ip.addr = netif_ip4_addr(&netif->lwip)->addr,
        .netmask.addr = netif_ip4_netmask(&netif->lwip)->addr,
        .gw.addr = netif_ip4_gw(&netif->lwip)->addr,
    };
}

static bool is_same_address(const esp_netif_ip_info_t *a, const esp_netif_ip_info_t *b)
{
    return memcmp(a, b, sizeof(*a)) == 0;
}

void esp_netif_tell_address(esp_netif_t *netif)
{
    ip_event_got_ip_t event = {.esp_netif = netif, .ip_info = netif->ip_info};
    event.ip_changed = !is_same_address(&netif->ip_info, &netif->old_ip_info);
    netif->old_ip_info = netif->ip_info;
    esp_err_t result = esp_event_post(IP_EVENT, (int32_t)netif->get_ip_event, &event, sizeof(event), 0);
    if (result != ESP_OK) {
        ESP_LOGE(TAG, "failed to post got ip event (%x)", result);
    }
}

static void tell_lost_address(void *argument)
{
    esp_netif_t *netif = argument;
    netif->is_losing_ip = false;
    if (netif->ip_info.ip.addr != 0 || netif->old_ip_info.ip.addr == 0) {
        return;
    }
    netif->old_ip_info = (esp_netif_ip_info_t){0};
    ip_event_got_ip_t event = {.esp_netif = netif};
    esp_event_post(IP_EVENT, (int32_t)netif->lost_ip_event, &event, sizeof(event), 0);
}

static void address_changed(struct netif *lwip, netif_nsc_reason_t reason, const netif_ext_callback_args_t *args)
{
    LWIP_UNUSED_ARG(args);
    esp_netif_t *netif = esp_netif_next_unsafe(NULL);
    while (netif != NULL && &netif->lwip != lwip) {
        netif = netif->next;
    }
    const netif_nsc_reason_t ipv4 = LWIP_NSC_IPV4_ADDRESS_CHANGED | LWIP_NSC_IPV4_GATEWAY_CHANGED |
                                    LWIP_NSC_IPV4_NETMASK_CHANGED | LWIP_NSC_IPV4_SETTINGS_CHANGED;
    if (netif == NULL || (reason & ipv4) == 0 || netif->dhcp != ESP_NETIF_DHCP_STARTED) {
        return; // a fixed address is told by those who set it
    }
    esp_netif_ip_info_t now = stack_address(netif);
    if (is_same_address(&now, &netif->ip_info)) {
        return;
    }
    netif->ip_info = now;
    if (now.ip.addr != 0) {
        esp_netif_tell_address(netif);
    } else {
        netif->ip_info = (esp_netif_ip_info_t){0};
        if (!netif->is_losing_ip) {
            netif->is_losing_ip = true;
            sys_timeout(CONFIG_ESP_NETIF_IP_LOST_TIMER_INTERVAL * 1000, tell_lost_address, netif);
        }
    }
}

void esp_netif_forget_address(esp_netif_t *netif)
{
    sys_untimeout(tell_lost_address, netif);
}

void esp_netif_watch_addresses(void)
{
    static netif_ext_callback_t callback;
    if (callback.callback_fn == NULL) {
        netif_add_ext_callback(&callback, address_changed);
    }
}

static esp_err_t dhcpc_start(void *ctx)
{
    esp_netif_t *netif = ctx;
    if (netif->dhcp == ESP_NETIF_DHCP_STARTED) {
        return ESP_ERR_ESP_NETIF_DHCP_ALREADY_STARTED;
    }
    netif->ip_info = (esp_netif_ip_info_t){0};
    if (!netif->is_added || !netif_is_up(&netif->lwip)) {
        netif->dhcp = ESP_NETIF_DHCP_INIT;
        return ESP_OK;
    }
    netif_set_addr(&netif->lwip, NULL, NULL, NULL);
    if (dhcp_start(&netif->lwip) != ERR_OK) {
        return ESP_ERR_ESP_NETIF_DHCPC_START_FAILED;
    }
    netif->dhcp = ESP_NETIF_DHCP_STARTED;
    return ESP_OK;
}

esp_err_t esp_netif_dhcpc_start(esp_netif_t *esp_netif)
{
    return esp_netif == NULL ? ESP_ERR_ESP_NETIF_INVALID_PARAMS : IN_STACK(dhcpc_start, esp_netif);
}

static esp_err_t dhcpc_stop(void *ctx)
{
    esp_netif_t *netif = ctx;
    if (netif->dhcp == ESP_NETIF_DHCP_STOPPED) {
        return ESP_ERR_ESP_NETIF_DHCP_ALREADY_STOPPED;
    }
    if (netif->dhcp == ESP_NETIF_DHCP_STARTED) {
        dhcp_stop(&netif->lwip);
        netif_set_addr(&netif->lwip, NULL, NULL, NULL);
    }
    netif->dhcp = ESP_NETIF_DHCP_STOPPED;
    return ESP_OK;
}

esp_err_t esp_netif_dhcpc_stop(esp_netif_t *esp_netif)
{
    return esp_netif == NULL ? ESP_ERR_ESP_NETIF_INVALID_PARAMS : IN_STACK(dhcpc_stop, esp_netif);
}

esp_err_t esp_netif_dhcpc_get_status(esp_netif_t *esp_netif, esp_netif_dhcp_status_t *status)
{
    if (esp_netif == NULL) {
        return ESP_ERR_ESP_NETIF_INVALID_PARAMS;
    }
    *status = esp_netif->dhcp;
    return ESP_OK;
}

struct ip_info_call {
    esp_netif_t *netif;
    const esp_netif_ip_info_t *info;
};

static esp_err_t set_ip_info(void *ctx)
{
    const struct ip_info_call *call = ctx;
    esp_netif_t *netif = call->netif;
    if ((netif->flags & ESP_NETIF_DHCP_CLIENT) && netif->dhcp != ESP_NETIF_DHCP_STOPPED) {
        return ESP_ERR_ESP_NETIF_DHCP_NOT_STOPPED;
    }
    netif->ip_info = *call->info;
    if (!netif->is_added) {
        return ESP_OK;
    }
    ip4_addr_t ip = {call->info->ip.addr};
    ip4_addr_t netmask = {call->info->netmask.addr};
    ip4_addr_t gw = {call->info->gw.addr};
    netif_set_addr(&netif->lwip, &ip, &netmask, &gw);
    if (ip.addr != 0 && netif_is_up(&netif->lwip)) {
        esp_netif_tell_address(netif);
    }
    return ESP_OK;
}

esp_err_t esp_netif_set_ip_info(esp_netif_t *esp_netif, const esp_netif_ip_info_t *ip_info)
{
    if (esp_netif == NULL || ip_info == NULL) {
        return ESP_ERR_ESP_NETIF_INVALID_PARAMS;
    }
    struct ip_info_call call = {esp_netif, ip_info};
    return IN_STACK(set_ip_info, &call);
}

esp_err_t esp_netif_get_ip_info(esp_netif_t *esp_netif, esp_netif_ip_info_t *ip_info)
{
    if (esp_netif == NULL || ip_info == NULL) {
        return ESP_ERR_ESP_NETIF_INVALID_PARAMS;
    }
    *ip_info = esp_netif_is_netif_up(esp_netif) ? stack_address(esp_netif) : esp_netif->ip_info;
    return ESP_OK;
}

esp_err_t esp_netif_get_old_ip_info(esp_netif_t *esp_netif, esp_netif_ip_info_t *ip_info)
{
    if (esp_netif == NULL || ip_info == NULL) {
        return ESP_ERR_ESP_NETIF_INVALID_PARAMS;
    }
    *ip_info = esp_netif->old_ip_info;
    return ESP_OK;
}

esp_err_t esp_netif_set_old_ip_info(esp_netif_t *esp_netif, const esp_netif_ip_info_t *ip_info)
{
    if (esp_netif == NULL || ip_info == NULL) {
        return ESP_ERR_ESP_NETIF_INVALID_PARAMS;
    }
    esp_netif->old_ip_info = *ip_info;
    return ESP_OK;
}

struct dns_call {
    esp_netif_dns_type_t type;
    esp_netif_dns_info_t *info;
};

static esp_err_t set_dns(void *ctx)
{
    const struct dns_call *call = ctx;
    dns_setserver((u8_t)call->type, (const ip_addr_t *)&call->info->ip);
    return ESP_OK;
}

static esp_err_t get_dns(void *ctx)
{
    const struct dns_call *call = ctx;
    memcpy(&call->info->ip, dns_getserver((u8_t)call->type), sizeof(ip_addr_t));
    return ESP_OK;
}

esp_err_t esp_netif_set_dns_info(esp_netif_t *esp_netif, esp_netif_dns_type_t type, esp_netif_dns_info_t *dns)
{
    _Static_assert(sizeof(esp_ip_addr_t) == sizeof(ip_addr_t), "esp_netif's address has lwIP's layout");
    if (esp_netif == NULL || dns == NULL || type >= ESP_NETIF_DNS_MAX) {
        return ESP_ERR_ESP_NETIF_INVALID_PARAMS;
    }
    struct dns_call call = {type, dns};
    return IN_STACK(set_dns, &call);
}

esp_err_t esp_netif_get_dns_info(esp_netif_t *esp_netif, esp_netif_dns_type_t type, esp_netif_dns_info_t *dns)
{
    if (esp_netif == NULL || dns == NULL || type >= ESP_NETIF_DNS_MAX) {
        return ESP_ERR_ESP_NETIF_INVALID_PARAMS;
    }
    struct dns_call call = {type, dns};
    return IN_STACK(get_dns, &call);
}
