// SPDX-License-Identifier: Apache-2.0

/** @file Numbers, texts and bytes of "nvs.h": each a value of one type in the store. */

#include <string.h>

#include "nvs_store.h"

/** The longest text, with its end mark. */
#define TEXT_MAX 4000

esp_err_t nvs_set_i8(nvs_handle_t handle, const char *key, int8_t value)
{
    return nvs_store_set(handle, key, NVS_TYPE_I8, &value, sizeof(value));
}

esp_err_t nvs_get_i8(nvs_handle_t handle, const char *key, int8_t *out_value)
{
    size_t size = sizeof(*out_value);
    return nvs_store_get(handle, key, NVS_TYPE_I8, out_value, &size);
}

esp_err_t nvs_set_u8(nvs_handle_t handle, const char *key, uint8_t value)
{
    return nvs_store_set(handle, key, NVS_TYPE_U8, &value, sizeof(value));
}

esp_err_t nvs_get_u8(nvs_handle_t handle, const char *key, uint8_t *out_value)
{
    size_t size = sizeof(*out_value);
    return nvs_store_get(handle, key, NVS_TYPE_U8, out_value, &size);
}

esp_err_t nvs_set_i16(nvs_handle_t handle, const char *key, int16_t value)
{
    return nvs_store_set(handle, key, NVS_TYPE_I16, &value, sizeof(value));
}

esp_err_t nvs_get_i16(nvs_handle_t handle, const char *key, int16_t *out_value)
{
    size_t size = sizeof(*out_value);
    return nvs_store_get(handle, key, NVS_TYPE_I16, out_value, &size);
}

esp_err_t nvs_set_u16(nvs_handle_t handle, const char *key, uint16_t value)
{
    return nvs_store_set(handle, key, NVS_TYPE_U16, &value, sizeof(value));
}

esp_err_t nvs_get_u16(nvs_handle_t handle, const char *key, uint16_t *out_value)
{
    size_t size = sizeof(*out_value);
    return nvs_store_get(handle, key, NVS_TYPE_U16, out_value, &size);
}

esp_err_t nvs_set_i32(nvs_handle_t handle, const char *key, int32_t value)
{
    return nvs_store_set(handle, key, NVS_TYPE_I32, &value, sizeof(value));
}

esp_err_t nvs_get_i32(nvs_handle_t handle, const char *key, int32_t *out_value)
{
    size_t size = sizeof(*out_value);
    return nvs_store_get(handle, key, NVS_TYPE_I32, out_value, &size);
}

esp_err_t nvs_set_u32(nvs_handle_t handle, const char *key, uint32_t value)
{
    return nvs_store_set(handle, key, NVS_TYPE_U32, &value, sizeof(value));
}

esp_err_t nvs_get_u32(nvs_handle_t handle, const char *key, uint32_t *out_value)
{
    size_t size = sizeof(*out_value);
    return nvs_store_get(handle, key, NVS_TYPE_U32, out_value, &size);
}

esp_err_t nvs_set_i64(nvs_handle_t handle, const char *key, int64_t value)
{
    return nvs_store_set(handle, key, NVS_TYPE_I64, &value, sizeof(value));
}

esp_err_t nvs_get_i64(nvs_handle_t handle, const char *key, int64_t *out_value)
{
    size_t size = sizeof(*out_value);
    return nvs_store_get(handle, key, NVS_TYPE_I64, out_value, &size);
}

esp_err_t nvs_set_u64(nvs_handle_t handle, const char *key, uint64_t value)
{
    return nvs_store_set(handle, key, NVS_TYPE_U64, &value, sizeof(value));
}

esp_err_t nvs_get_u64(nvs_handle_t handle, const char *key, uint64_t *out_value)
{
    size_t size = sizeof(*out_value);
    return nvs_store_get(handle, key, NVS_TYPE_U64, out_value, &size);
}

esp_err_t nvs_set_str(nvs_handle_t handle, const char *key, const char *value)
{
    if (value == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    size_t size = strlen(value) + 1;
    return size > TEXT_MAX ? ESP_ERR_NVS_VALUE_TOO_LONG : nvs_store_set(handle, key, NVS_TYPE_STR, value, size);
}

esp_err_t nvs_get_str(nvs_handle_t handle, const char *key, char *out_value, size_t *length)
{
    return nvs_store_get(handle, key, NVS_TYPE_STR, out_value, length);
}

esp_err_t nvs_set_blob(nvs_handle_t handle, const char *key, const void *value, size_t length)
{
    return nvs_store_set(handle, key, NVS_TYPE_BLOB, value, length);
}

esp_err_t nvs_get_blob(nvs_handle_t handle, const char *key, void *out_value, size_t *length)
{
    return nvs_store_get(handle, key, NVS_TYPE_BLOB, out_value, length);
}
