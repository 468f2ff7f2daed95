// SPDX-License-Identifier: Apache-2.0

/** @file The store of settings, in RAM: lists of namespaces, values and open handles under one lock. */

#include <stdlib.h>
#include <string.h>

#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"
#include "nvs_flash.h"
#include "nvs_store.h"

/** What ESP-IDF's default partition of 24 kB holds: 5 pages of 126 entries, one entry for each value and each 32 bytes of a long one. */
#define CAPACITY (5 * 126)
#define ENTRY_SIZE 32

struct namespace {
    struct namespace *next;
    char name[NVS_NS_NAME_MAX_SIZE];
};

struct value {
    struct value *next;
    struct namespace *owner;
    nvs_type_t type;
    char key[NVS_KEY_NAME_MAX_SIZE];
    size_t size;
    uint8_t bytes[];
};

struct handle {
    struct handle *next;
    nvs_handle_t number;
    struct namespace *owner;
    bool is_read_only;
};

static struct namespace *s_namespaces;
static struct value *s_values;
static struct handle *s_handles;
static nvs_handle_t s_last_handle;
static bool s_is_initialised;
static SemaphoreHandle_t s_lock;
static StaticSemaphore_t s_lock_memory;
static portMUX_TYPE s_making_lock = portMUX_INITIALIZER_UNLOCKED;

static void lock(void)
{
    portENTER_CRITICAL(&s_making_lock);
    if (s_lock == NULL) {
        s_lock = xSemaphoreCreateMutexStatic(&s_lock_memory);
    }
    portEXIT_CRITICAL(&s_making_lock);
    xSemaphoreTake(s_lock, portMAX_DELAY);
}

static esp_err_t unlock(esp_err_t result)
{
    xSemaphoreGive(s_lock);
    return result;
}

static size_t entries_for(nvs_type_t type, size_t size)
{
    return 1 + (type == NVS_TYPE_STR || type == NVS_TYPE_BLOB ? (size + ENTRY_SIZE - 1) / ENTRY_SIZE : 0);
}

static size_t used_entries(void)
{
    size_t used = 0;
    for (const struct value *value = s_values; value != NULL; value = value->next) {
        used += entries_for(value->type, value->size);
    }
    return used;
}

static struct handle *find_handle(nvs_handle_t number)
{
    struct handle *handle = s_handles;
    while (handle != NULL && handle->number != number) {
        handle = handle->next;
    }
    return handle;
}

/** Where the list points to the value, or to its end. */
static struct value **find_value(const struct namespace *owner, const char *key, nvs_type_t type)
{
    struct value **place = &s_values;
    while (*place != NULL && ((*place)->owner != owner || strcmp((*place)->key, key) != 0 ||
                              (type != NVS_TYPE_ANY && (*place)->type != type))) {
        place = &(*place)->next;
    }
    return place;
}

static void remove_value(struct value **place)
{
    struct value *value = *place;
    *place = value->next;
    free(value);
}

/** Checks a handle and a key; the lock is held. */
static esp_err_t check(nvs_handle_t number, const char *key, bool writes, struct handle **handle)
{
    if (!s_is_initialised) {
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
        remove_value(place);
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
    lock();
    return unlock(set_value(handle, key, type, value, size));
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
    lock();
    return unlock(get_value(handle, key, type, value, size));
}

static esp_err_t erase(nvs_handle_t number, const char *key)
{
    struct handle *handle = NULL;
    esp_err_t result = check(number, key, true, &handle);
    if (result != ESP_OK) {
        return result;
    }
    bool found = false;
    for (struct value **place = &s_values; *place != NULL;) {
        if ((*place)->owner == handle->owner && (key == NULL || strcmp((*place)->key, key) == 0)) {
            remove_value(place);
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
    lock();
    return unlock(erase(handle, key));
}

esp_err_t nvs_erase_all(nvs_handle_t handle)
{
    lock();
    return unlock(erase(handle, NULL));
}

esp_err_t nvs_commit(nvs_handle_t handle)
{
    struct handle *found = NULL;
    lock();
    return unlock(check(handle, NULL, false, &found));
}

esp_err_t nvs_get_used_entry_count(nvs_handle_t handle, size_t *used_entries)
{
    if (used_entries == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    *used_entries = 0;
    struct handle *found = NULL;
    lock();
    esp_err_t result = check(handle, NULL, false, &found);
    for (const struct value *value = s_values; result == ESP_OK && value != NULL; value = value->next) {
        *used_entries += value->owner == found->owner ? entries_for(value->type, value->size) : 0;
    }
    return unlock(result);
}

static esp_err_t open_namespace(const char *name, nvs_open_mode_t mode, nvs_handle_t *number)
{
    if (!s_is_initialised) {
        return ESP_ERR_NVS_NOT_INITIALIZED;
    }
    if (strlen(name) >= NVS_NS_NAME_MAX_SIZE) {
        return ESP_ERR_NVS_KEY_TOO_LONG;
    }
    struct namespace *owner = s_namespaces;
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
        owner->next = s_namespaces;
        s_namespaces = owner;
    }
    *handle = (struct handle){.next = s_handles, .number = ++s_last_handle, .owner = owner, .is_read_only = mode == NVS_READONLY};
    s_handles = handle;
    *number = handle->number;
    return ESP_OK;
}

esp_err_t nvs_open(const char *namespace_name, nvs_open_mode_t open_mode, nvs_handle_t *out_handle)
{
    if (namespace_name == NULL || out_handle == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    lock();
    return unlock(open_namespace(namespace_name, open_mode, out_handle));
}

esp_err_t nvs_open_from_partition(const char *part_name, const char *namespace_name, nvs_open_mode_t open_mode, nvs_handle_t *out_handle)
{
    if (part_name == NULL || strcmp(part_name, NVS_DEFAULT_PART_NAME) != 0) {
        return ESP_ERR_NVS_PART_NOT_FOUND;
    }
    return nvs_open(namespace_name, open_mode, out_handle);
}

void nvs_close(nvs_handle_t handle)
{
    lock();
    for (struct handle **place = &s_handles; *place != NULL; place = &(*place)->next) {
        if ((*place)->number == handle) {
            struct handle *closed = *place;
            *place = closed->next;
            free(closed);
            break;
        }
    }
    unlock(ESP_OK);
}

esp_err_t nvs_flash_init(void)
{
    s_is_initialised = true;
    return ESP_OK;
}

esp_err_t nvs_flash_init_partition(const char *partition_label)
{
    return strcmp(partition_label, NVS_DEFAULT_PART_NAME) == 0 ? nvs_flash_init() : ESP_ERR_NOT_FOUND;
}

static esp_err_t close_store(void)
{
    if (!s_is_initialised) {
        return ESP_ERR_NVS_NOT_INITIALIZED;
    }
    while (s_handles != NULL) {
        struct handle *handle = s_handles;
        s_handles = handle->next;
        free(handle);
    }
    s_is_initialised = false;
    return ESP_OK;
}

esp_err_t nvs_flash_deinit(void)
{
    lock();
    return unlock(close_store());
}

esp_err_t nvs_flash_deinit_partition(const char *partition_label)
{
    return strcmp(partition_label, NVS_DEFAULT_PART_NAME) == 0 ? nvs_flash_deinit() : ESP_ERR_NVS_NOT_INITIALIZED;
}

esp_err_t nvs_flash_erase(void)
{
    lock();
    close_store();
    while (s_values != NULL) {
        remove_value(&s_values);
    }
    while (s_namespaces != NULL) {
        struct namespace *namespace = s_namespaces;
        s_namespaces = namespace->next;
        free(namespace);
    }
    return unlock(ESP_OK);
}

esp_err_t nvs_flash_erase_partition(const char *part_name)
{
    return strcmp(part_name, NVS_DEFAULT_PART_NAME) == 0 ? nvs_flash_erase() : ESP_ERR_NOT_FOUND;
}
