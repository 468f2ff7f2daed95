// SPDX-License-Identifier: Apache-2.0

/** @file The values in the store. */

#include <stdlib.h>
#include <string.h>

#include "nvs_store.h"

/**
 * What ESP-IDF's default partition of 24 kB holds: 5 pages of 126 entries, one entry for each value and each 32 bytes
 * of a long one.
 */
#define CAPACITY (5 * 126)
#define ENTRY_SIZE 32

struct nvs_store nvs_store;

static StaticSemaphore_t s_lock_memory;
static portMUX_TYPE s_making_lock = portMUX_INITIALIZER_UNLOCKED;

void nvs_store_lock(void)
{
    portENTER_CRITICAL(&s_making_lock);
    if (nvs_store.lock == NULL) {
        nvs_store.lock = xSemaphoreCreateMutexStatic(&s_lock_memory);
    }
    portEXIT_CRITICAL(&s_making_lock);
    xSemaphoreTake(nvs_store.lock, portMAX_DELAY);
}

esp_err_t nvs_store_unlock(esp_err_t result)
{
    xSemaphoreGive(nvs_store.lock);
    return result;
}

static size_t entries_for(nvs_type_t type, size_t size)
{
    return 1 + (type == NVS_TYPE_STR || type == NVS_TYPE_BLOB ? (size + ENTRY_SIZE - 1) / ENTRY_SIZE : 0);
}

static size_t used_entries(void)
{
    size_t used = 0;
    for (const struct value *value = nvs_store.values; value != NULL; value = value->next) {
        used += entries_for(value->type, value->size);
    }
    return used;
}

static struct handle *find_handle(nvs_handle_t number)
{
    struct handle *handle = nvs_store.handles;
    while (handle != NULL && handle->number != number) {
        handle = handle->next;
    }
    return handle;
}

/** Where the list points to the value, or to its end. */
static struct value **find_value(const struct namespace *owner, const char *key, nvs_type_t type)
{
    struct value **place = &nvs_store.values;
    while (*place != NULL && ((*place)->owner != owner || strcmp((*place)->key, key) != 0 ||
                              (type != NVS_TYPE_ANY && (*place)->type != type))) {
        place = &(*place)->next;
    }
    return place;
}

void nvs_store_remove(struct value **place)
{
    struct value *value = *place;
    *place = value->next;
    free(value);
}

/** Checks a handle and a key; the lock is held. */
static esp_err_t check(nvs_handle_t number, const char *key, bool writes, struct handle **handle)
{
    if (!nvs_store.is_initialised) {
        return ESP_ERR_NVS_NOT_INITIALIZED;
    }
    *handle = find_handle(number);
    if (*handle == NULL) {
        return ESP_ERR_NVS_INVALID_HANDLE;
    }
    if (writes && (*handle)->is_read_only) {
        return ESP_ERR_NVS_READ_ONLY;
    }
    if (key != NULL && strlen(key) >= NVS_KEY_NAME_MAX_SIZE) {
        return ESP_ERR_NVS_KEY_TOO_LONG;
    }
    return ESP_OK;
}

static esp_err_t set_value(nvs_handle_t number, const char *key, nvs_type_t type, const void *bytes, size_t size)
{
    struct handle *handle = NULL;
    esp_err_t result = check(number, key, true, &handle);
    if (result != ESP_OK) {
        return result;
    }
    struct value **place = find_value(handle->owner, key, type);
    size_t freed = *place != NULL ? entries_for(type, (*place)->size) : 0;
    if (used_entries() - freed + entries_for(type, size) > CAPACITY) {
        return ESP_ERR_NVS_NOT_ENOUGH_SPACE;
    }
    struct value *value = calloc(1, sizeof(*value) + size);
    if (value == NULL) {
        return ESP_ERR_NO_MEM;
    }
    value->owner = handle->owner;
    value->type = type;
    strcpy(value->key, key);
    value->size = size;
    memcpy(value->bytes, bytes, size);
    if (*place != NULL) {
        nvs_store_remove(place);
    }
    value->next = *place;
    *place = value;
    return ESP_OK;
}

esp_err_t nvs_store_set(nvs_handle_t handle, const char *key, nvs_type_t type, const void *value, size_t size)
{
    if (key == NULL || (value == NULL && size > 0)) {
        return ESP_ERR_INVALID_ARG;
    }
    nvs_store_lock();
    return nvs_store_unlock(set_value(handle, key, type, value, size));
}

static esp_err_t get_value(nvs_handle_t number, const char *key, nvs_type_t type, void *bytes, size_t *size)
{
    struct handle *handle = NULL;
    esp_err_t result = check(number, key, false, &handle);
    if (result != ESP_OK) {
        return result;
    }
    const struct value *value = *find_value(handle->owner, key, type);
    if (value == NULL) {
        return ESP_ERR_NVS_NOT_FOUND;
    }
    size_t room = *size;
    *size = value->size;
    if (bytes == NULL) {
        return ESP_OK;
    }
    if (room < value->size) {
        return ESP_ERR_NVS_INVALID_LENGTH;
    }
    memcpy(bytes, value->bytes, value->size);
    return ESP_OK;
}

esp_err_t nvs_store_get(nvs_handle_t handle, const char *key, nvs_type_t type, void *value, size_t *size)
{
    if (key == NULL || size == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    nvs_store_lock();
    return nvs_store_unlock(get_value(handle, key, type, value, size));
}

static esp_err_t erase(nvs_handle_t number, const char *key)
{
    struct handle *handle = NULL;
    esp_err_t result = check(number, key, true, &handle);
    if (result != ESP_OK) {
        return result;
    }
    bool found = false;
    for (struct value **place = &nvs_store.values; *place != NULL;) {
        if ((*place)->owner == handle->owner && (key == NULL || strcmp((*place)->key, key) == 0)) {
            nvs_store_remove(place);
            found = true;
        } else {
            place = &(*place)->next;
        }
    }
    return found || key == NULL ? ESP_OK : ESP_ERR_NVS_NOT_FOUND;
}

esp_err_t nvs_erase_key(nvs_handle_t handle, const char *key)
{
    if (key == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    nvs_store_lock();
    return nvs_store_unlock(erase(handle, key));
}

esp_err_t nvs_erase_all(nvs_handle_t handle)
{
    nvs_store_lock();
    return nvs_store_unlock(erase(handle, NULL));
}

esp_err_t nvs_commit(nvs_handle_t handle)
{
    struct handle *found = NULL;
    nvs_store_lock();
    return nvs_store_unlock(check(handle, NULL, false, &found));
}

esp_err_t nvs_get_used_entry_count(nvs_handle_t handle, size_t *used_entries)
{
    if (used_entries == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    *used_entries = 0;
    struct handle *found = NULL;
    nvs_store_lock();
    esp_err_t result = check(handle, NULL, false, &found);
    for (const struct value *value = nvs_store.values; result == ESP_OK && value != NULL; value = value->next) {
        *used_entries += value->owner == found->owner ? entries_for(value->type, value->size) : 0;
    }
    return nvs_store_unlock(result);
}
