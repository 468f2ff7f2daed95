// SPDX-License-Identifier: Apache-2.0

/** @file Opening, closing and emptying the store, its namespaces and handles. */

#include <stdlib.h>
#include <string.h>

#include "nvs_flash.h"
#include "nvs_store.h"

static esp_err_t open_namespace(const char *name, nvs_open_mode_t mode, nvs_handle_t *number)
{
    if (!nvs_store.is_initialised) {
        return ESP_ERR_NVS_NOT_INITIALIZED;
    }
    if (strlen(name) >= NVS_NS_NAME_MAX_SIZE) {
        return ESP_ERR_NVS_KEY_TOO_LONG;
    }
    struct namespace *owner = nvs_store.namespaces;
    while (owner != NULL && strcmp(owner->name, name) != 0) {
        owner = owner->next;
    }
    if (owner == NULL && mode == NVS_READONLY) {
        return ESP_ERR_NVS_NOT_FOUND;
    }
    struct handle *handle = calloc(1, sizeof(*handle));
    if (handle == NULL) {
        return ESP_ERR_NO_MEM;
    }
    if (owner == NULL) {
        owner = calloc(1, sizeof(*owner));
        if (owner == NULL) {
            free(handle);
            return ESP_ERR_NO_MEM;
        }
        strcpy(owner->name, name);
        owner->next = nvs_store.namespaces;
        nvs_store.namespaces = owner;
    }
    *handle = (struct handle){
        .next = nvs_store.handles,
        .number = ++nvs_store.last_handle,
        .owner = owner,
        .is_read_only = mode == NVS_READONLY,
    };
    nvs_store.handles = handle;
    *number = handle->number;
    return ESP_OK;
}

esp_err_t nvs_open(const char *namespace_name, nvs_open_mode_t open_mode, nvs_handle_t *out_handle)
{
    if (namespace_name == NULL || out_handle == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    nvs_store_lock();
    return nvs_store_unlock(open_namespace(namespace_name, open_mode, out_handle));
}

esp_err_t nvs_open_from_partition(const char *part_name, const char *namespace_name, nvs_open_mode_t open_mode,
                                  nvs_handle_t *out_handle)
{
    if (part_name == NULL || strcmp(part_name, NVS_DEFAULT_PART_NAME) != 0) {
        return ESP_ERR_NVS_PART_NOT_FOUND;
    }
    return nvs_open(namespace_name, open_mode, out_handle);
}

void nvs_close(nvs_handle_t handle)
{
    nvs_store_lock();
    for (struct handle **place = &nvs_store.handles; *place != NULL; place = &(*place)->next) {
        if ((*place)->number == handle) {
            struct handle *closed = *place;
            *place = closed->next;
            free(closed);
            break;
        }
    }
    nvs_store_unlock(ESP_OK);
}

esp_err_t nvs_flash_init(void)
{
    nvs_store.is_initialised = true;
    return ESP_OK;
}

esp_err_t nvs_flash_init_partition(const char *partition_label)
{
    return strcmp(partition_label, NVS_DEFAULT_PART_NAME) == 0 ? nvs_flash_init() : ESP_ERR_NOT_FOUND;
}

static esp_err_t close_store(void)
{
    if (!nvs_store.is_initialised) {
        return ESP_ERR_NVS_NOT_INITIALIZED;
    }
    while (nvs_store.handles != NULL) {
        struct handle *handle = nvs_store.handles;
        nvs_store.handles = handle->next;
        free(handle);
    }
    nvs_store.is_initialised = false;
    return ESP_OK;
}

esp_err_t nvs_flash_deinit(void)
{
    nvs_store_lock();
    return nvs_store_unlock(close_store());
}

esp_err_t nvs_flash_deinit_partition(const char *partition_label)
{
    return strcmp(partition_label, NVS_DEFAULT_PART_NAME) == 0 ? nvs_flash_deinit() : ESP_ERR_NVS_NOT_INITIALIZED;
}

esp_err_t nvs_flash_erase(void)
{
    nvs_store_lock();
    close_store();
    while (nvs_store.values != NULL) {
        nvs_store_remove(&nvs_store.values);
    }
    while (nvs_store.namespaces != NULL) {
        struct namespace *namespace = nvs_store.namespaces;
        nvs_store.namespaces = namespace->next;
        free(namespace);
    }
    return nvs_store_unlock(ESP_OK);
}

esp_err_t nvs_flash_erase_partition(const char *part_name)
{
    return strcmp(part_name, NVS_DEFAULT_PART_NAME) == 0 ? nvs_flash_erase() : ESP_ERR_NOT_FOUND;
}
