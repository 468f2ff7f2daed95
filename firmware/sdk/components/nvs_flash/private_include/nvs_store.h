// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file The store behind "nvs.h". */

#include "nvs.h"

/** Sets the value of a key and type. Errors as in "nvs.h". */
esp_err_t nvs_store_set(nvs_handle_t handle, const char *key, nvs_type_t type, const void *value, size_t size);
/** Gets the value of a key and type. With NULL for `value` only its size. */
esp_err_t nvs_store_get(nvs_handle_t handle, const char *key, nvs_type_t type, void *value, size_t *size);
