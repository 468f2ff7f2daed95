// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Settings by name (ESP-IDF's nvs.h): values under a key of at most 15 characters in a namespace of at most 15. A value
 * belongs to its key and its type: reading it as another type gives ESP_ERR_NVS_NOT_FOUND. Kept in RAM, see
 * "nvs_flash.h"; its size is that of ESP-IDF's default partition.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "esp_err.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef uint32_t nvs_handle_t;

#define ESP_ERR_NVS_BASE 0x1100
#define ESP_ERR_NVS_NOT_INITIALIZED (ESP_ERR_NVS_BASE + 0x01)
#define ESP_ERR_NVS_NOT_FOUND (ESP_ERR_NVS_BASE + 0x02)
#define ESP_ERR_NVS_TYPE_MISMATCH (ESP_ERR_NVS_BASE + 0x03)
#define ESP_ERR_NVS_READ_ONLY (ESP_ERR_NVS_BASE + 0x04)
#define ESP_ERR_NVS_NOT_ENOUGH_SPACE (ESP_ERR_NVS_BASE + 0x05)
#define ESP_ERR_NVS_INVALID_NAME (ESP_ERR_NVS_BASE + 0x06)
#define ESP_ERR_NVS_INVALID_HANDLE (ESP_ERR_NVS_BASE + 0x07)
#define ESP_ERR_NVS_REMOVE_FAILED (ESP_ERR_NVS_BASE + 0x08)
#define ESP_ERR_NVS_KEY_TOO_LONG (ESP_ERR_NVS_BASE + 0x09)
#define ESP_ERR_NVS_PAGE_FULL (ESP_ERR_NVS_BASE + 0x0a)
#define ESP_ERR_NVS_INVALID_STATE (ESP_ERR_NVS_BASE + 0x0b)
#define ESP_ERR_NVS_INVALID_LENGTH (ESP_ERR_NVS_BASE + 0x0c)
#define ESP_ERR_NVS_NO_FREE_PAGES (ESP_ERR_NVS_BASE + 0x0d)
#define ESP_ERR_NVS_VALUE_TOO_LONG (ESP_ERR_NVS_BASE + 0x0e)
#define ESP_ERR_NVS_PART_NOT_FOUND (ESP_ERR_NVS_BASE + 0x0f)
#define ESP_ERR_NVS_NEW_VERSION_FOUND (ESP_ERR_NVS_BASE + 0x10)

#define NVS_DEFAULT_PART_NAME "nvs"
#define NVS_PART_NAME_MAX_SIZE 16
/** Bytes of a key or a namespace's name, with the end mark. */
#define NVS_KEY_NAME_MAX_SIZE 16
#define NVS_NS_NAME_MAX_SIZE NVS_KEY_NAME_MAX_SIZE

typedef enum {
    NVS_READONLY,
    NVS_READWRITE,
} nvs_open_mode_t;

typedef enum {
    NVS_TYPE_U8 = 0x01,
    NVS_TYPE_I8 = 0x11,
    NVS_TYPE_U16 = 0x02,
    NVS_TYPE_I16 = 0x12,
    NVS_TYPE_U32 = 0x04,
    NVS_TYPE_I32 = 0x14,
    NVS_TYPE_U64 = 0x08,
    NVS_TYPE_I64 = 0x18,
    NVS_TYPE_STR = 0x21,
    NVS_TYPE_BLOB = 0x42,
    NVS_TYPE_ANY = 0xff,
} nvs_type_t;

/**
 * Opens a namespace; with NVS_READWRITE it is made when it does not exist.
 * @return ESP_ERR_NVS_NOT_INITIALIZED, ESP_ERR_NVS_NOT_FOUND (read only, no such namespace), ESP_ERR_NVS_KEY_TOO_LONG,
 *         ESP_ERR_NO_MEM
 */
esp_err_t nvs_open(const char *namespace_name, nvs_open_mode_t open_mode, nvs_handle_t *out_handle);
/** As nvs_open(); only the partition "nvs" exists, another gives ESP_ERR_NVS_PART_NOT_FOUND. */
esp_err_t nvs_open_from_partition(const char *part_name, const char *namespace_name, nvs_open_mode_t open_mode,
                                  nvs_handle_t *out_handle);
/** Closes a handle. */
void nvs_close(nvs_handle_t handle);

// Set a number. ESP_ERR_NVS_INVALID_HANDLE, ESP_ERR_NVS_READ_ONLY, ESP_ERR_NVS_KEY_TOO_LONG,
// ESP_ERR_NVS_NOT_ENOUGH_SPACE.
esp_err_t nvs_set_i8(nvs_handle_t handle, const char *key, int8_t value);
esp_err_t nvs_set_u8(nvs_handle_t handle, const char *key, uint8_t value);
esp_err_t nvs_set_i16(nvs_handle_t handle, const char *key, int16_t value);
esp_err_t nvs_set_u16(nvs_handle_t handle, const char *key, uint16_t value);
esp_err_t nvs_set_i32(nvs_handle_t handle, const char *key, int32_t value);
esp_err_t nvs_set_u32(nvs_handle_t handle, const char *key, uint32_t value);
esp_err_t nvs_set_i64(nvs_handle_t handle, const char *key, int64_t value);
esp_err_t nvs_set_u64(nvs_handle_t handle, const char *key, uint64_t value);
/** Sets a text of at most 4000 bytes with its end mark; ESP_ERR_NVS_VALUE_TOO_LONG for more. */
esp_err_t nvs_set_str(nvs_handle_t handle, const char *key, const char *value);
/** Sets bytes. */
esp_err_t nvs_set_blob(nvs_handle_t handle, const char *key, const void *value, size_t length);

// Get a number. ESP_ERR_NVS_NOT_FOUND leaves *out_value as it was.
esp_err_t nvs_get_i8(nvs_handle_t handle, const char *key, int8_t *out_value);
esp_err_t nvs_get_u8(nvs_handle_t handle, const char *key, uint8_t *out_value);
esp_err_t nvs_get_i16(nvs_handle_t handle, const char *key, int16_t *out_value);
esp_err_t nvs_get_u16(nvs_handle_t handle, const char *key, uint16_t *out_value);
esp_err_t nvs_get_i32(nvs_handle_t handle, const char *key, int32_t *out_value);
esp_err_t nvs_get_u32(nvs_handle_t handle, const char *key, uint32_t *out_value);
esp_err_t nvs_get_i64(nvs_handle_t handle, const char *key, int64_t *out_value);
esp_err_t nvs_get_u64(nvs_handle_t handle, const char *key, uint64_t *out_value);
/**
 * Gets a text. With NULL for `out_value` only its length with the end mark; else `length` comes with the room and goes
 * with the length. ESP_ERR_NVS_INVALID_LENGTH when the room is too small.
 */
esp_err_t nvs_get_str(nvs_handle_t handle, const char *key, char *out_value, size_t *length);
/** As nvs_get_str(), for bytes. */
esp_err_t nvs_get_blob(nvs_handle_t handle, const char *key, void *out_value, size_t *length);

/** Forgets a key, of any type. ESP_ERR_NVS_NOT_FOUND. */
esp_err_t nvs_erase_key(nvs_handle_t handle, const char *key);
/** Forgets all keys of the namespace. */
esp_err_t nvs_erase_all(nvs_handle_t handle);
/** Makes changes last; with a store in RAM nothing is left to do. ESP_ERR_NVS_INVALID_HANDLE. */
esp_err_t nvs_commit(nvs_handle_t handle);
/** How many keys the namespace has. */
esp_err_t nvs_get_used_entry_count(nvs_handle_t handle, size_t *used_entries);

#ifdef __cplusplus
}
#endif
