// SPDX-License-Identifier: Apache-2.0

/** @file Making, finding and ending interfaces. */

#include <stdlib.h>
#include <string.h>

#include "arch/vfs_lwip.h"
#include "esp_log.h"
#include "lwip/priv/tcpip_priv.h"
#include "lwip/tcpip.h"
#include "netif_object.h"

static const char *TAG = "esp_netif_lwip";

/** All interfaces, the newest first, as in ESP-IDF; changed in the stack's task. */
static esp_netif_t *s_interfaces;
static bool s_is_initialised;

static void stack_is_up(void *semaphore)
{
    sys_sem_signal(semaphore);
}

esp_err_t esp_netif_init(void)
{
    if (s_is_initialised) {
        return ESP_OK;
    }
    sys_sem_t up;
    if (sys_sem_new(&up, 0) != ERR_OK) {
        return ESP_FAIL;
    }
    tcpip_init(stack_is_up, &up);
    sys_sem_wait(&up);
    sys_sem_free(&up);
    esp_vfs_lwip_sockets_register();
    s_is_initialised = true;
    return ESP_OK;
}

esp_err_t esp_netif_deinit(void)
{
    return s_is_initialised ? ESP_ERR_NOT_SUPPORTED : ESP_ERR_INVALID_STATE;
}

struct call {
    struct tcpip_api_call_data api; ///< first: lwIP hands back its address
    esp_netif_callback_fn fn;
    void *ctx;
    esp_err_t result;
};

static err_t run_call(struct tcpip_api_call_data *api)
{
    struct call *call = (struct call *)api;
    call->result = call->fn(call->ctx);
    return ERR_OK;
}

esp_err_t esp_netif_tcpip_exec(esp_netif_callback_fn fn, void *ctx)
{
    if (s_is_initialised && sys_in_tcpip_thread()) {
        return fn(ctx);
    }
    struct call call = {.fn = fn, .ctx = ctx, .result = ESP_FAIL};
    tcpip_api_call(run_call, &call.api);
    return call.result;
}

esp_netif_t *esp_netif_next_unsafe(esp_netif_t *esp_netif)
{
    return esp_netif == NULL ? s_interfaces : esp_netif->next;
}

esp_netif_t *esp_netif_next(esp_netif_t *esp_netif)
{
    return esp_netif_next_unsafe(esp_netif);
}

size_t esp_netif_get_nr_of_ifs(void)
{
    size_t count = 0;
    for (esp_netif_t *netif = s_interfaces; netif != NULL; netif = netif->next) {
        count++;
    }
    return count;
}

struct search {
    esp_netif_find_predicate_t fn;
    void *ctx;
    esp_netif_t *found;
};

static esp_err_t find_if(void *ctx)
{
    struct search *search = ctx;
    for (esp_netif_t *netif = s_interfaces; netif != NULL && search->found == NULL; netif = netif->next) {
        if (search->fn(netif, search->ctx)) {
            search->found = netif;
        }
    }
    return ESP_OK;
}

esp_netif_t *esp_netif_find_if(esp_netif_find_predicate_t fn, void *ctx)
{
    struct search search = {.fn = fn, .ctx = ctx};
    IN_STACK(find_if, &search);
    return search.found;
}

static bool has_key(esp_netif_t *netif, void *key)
{
    return strcmp(netif->if_key, key) == 0;
}

esp_netif_t *esp_netif_get_handle_from_ifkey(const char *if_key)
{
    return if_key == NULL ? NULL : esp_netif_find_if(has_key, (void *)if_key);
}

static void free_object(esp_netif_t *netif)
{
    free(netif->if_key);
    free(netif->if_desc);
    free(netif);
}

static esp_err_t add_object(void *ctx)
{
    esp_netif_t *netif = ctx;
    netif->next = s_interfaces;
    s_interfaces = netif;
    esp_netif_watch_addresses();
    return ESP_OK;
}

esp_netif_t *esp_netif_new(const esp_netif_config_t *config)
{
    if (config == NULL || config->base == NULL || config->base->if_key == NULL || config->stack == NULL ||
        esp_netif_get_handle_from_ifkey(config->base->if_key) != NULL) {
        ESP_LOGE(TAG, "esp_netif_new_api: Failed to configure netif with config=%p "
                      "(config or if_key is NULL or duplicate key)", config);
        return NULL;
    }
    const esp_netif_inherent_config_t *base = config->base;
    esp_netif_t *netif = calloc(1, sizeof(*netif));
    if (netif == NULL) {
        return NULL;
    }
    netif->if_key = strdup(base->if_key);
    netif->if_desc = strdup(base->if_desc != NULL ? base->if_desc : "");
    if (netif->if_key == NULL || netif->if_desc == NULL) {
        free_object(netif);
        return NULL;
    }
    netif->flags = base->flags;
    netif->get_ip_event = base->get_ip_event;
    netif->lost_ip_event = base->lost_ip_event;
    netif->route_prio = base->route_prio;
    netif->stack = config->stack;
    memcpy(netif->mac, base->mac, sizeof(netif->mac));
    strcpy(netif->hostname, CONFIG_LWIP_LOCAL_HOSTNAME);
    if (base->ip_info != NULL) {
        netif->ip_info = *base->ip_info;
    }
    if (config->driver != NULL) {
        netif->driver = *config->driver;
    }
    IN_STACK(add_object, netif);
    return netif;
}

static esp_err_t remove_object(void *ctx)
{
    esp_netif_t *netif = ctx;
    esp_netif_stop(netif);
    esp_netif_forget_address(netif);
    for (esp_netif_t **place = &s_interfaces; *place != NULL; place = &(*place)->next) {
        if (*place == netif) {
            *place = netif->next;
            break;
        }
    }
    return ESP_OK;
}

void esp_netif_destroy(esp_netif_t *esp_netif)
{
    if (esp_netif == NULL) {
        return;
    }
    IN_STACK(remove_object, esp_netif);
    free_object(esp_netif);
}

esp_err_t esp_netif_attach(esp_netif_t *esp_netif, esp_netif_iodriver_handle driver_handle)
{
    esp_netif_driver_base_t *driver = driver_handle;
    if (esp_netif == NULL || driver == NULL) {
        return ESP_ERR_ESP_NETIF_INVALID_PARAMS;
    }
    esp_netif->attached = driver_handle;
    if (driver->post_attach != NULL) {
        esp_err_t result = driver->post_attach(esp_netif, driver_handle);
        if (result != ESP_OK) {
            ESP_LOGE(TAG, "Post-attach callback of driver(%p) failed with %d", driver_handle, result);
            return ESP_ERR_ESP_NETIF_DRIVER_ATTACH_FAILED;
        }
    }
    return ESP_OK;
}

esp_err_t esp_netif_set_driver_config(esp_netif_t *esp_netif, const esp_netif_driver_ifconfig_t *driver_config)
{
    if (esp_netif == NULL || driver_config == NULL) {
        return ESP_ERR_ESP_NETIF_INVALID_PARAMS;
    }
    esp_netif->driver = *driver_config;
    return ESP_OK;
}
