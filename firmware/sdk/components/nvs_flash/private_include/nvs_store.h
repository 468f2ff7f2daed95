// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file The store behind "nvs.h", in RAM: lists of namespaces, values and open handles under one lock. */

#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"
#include "nvs.h"

/** A namespace, to which values belong. */
struct namespace {
    struct namespace *next;
    char name[NVS_NS_NAME_MAX_SIZE];
};

/** A value under its key and type. */
struct value {
    struct value *next;
    struct namespace *owner;
    nvs_type_t type;
    char key[NVS_KEY_NAME_MAX_SIZE];
    size_t size;
    uint8_t bytes[];
};

/** An open namespace. */
struct handle {
    struct handle *next;
    nvs_handle_t number;
    struct namespace *owner;
    bool is_read_only;
};

/** All there is. Except for `is_initialised` it is used with the lock held. */
struct nvs_store {
    struct namespace *namespaces;
    struct value *values;
    struct handle *handles;
    nvs_handle_t last_handle;
    bool is_initialised;
    SemaphoreHandle_t lock;
};

extern struct nvs_store nvs_store;

/** Takes the lock. */
void nvs_store_lock(void);
/** Gives the lock back, and gives back `result`. */
esp_err_t nvs_store_unlock(esp_err_t result);
/** Unlinks and frees the value to which `place` points. */
void nvs_store_remove(struct value **place);

/** Sets the value of a key and type. Errors as in "nvs.h". */
esp_err_t nvs_store_set(nvs_handle_t handle, const char *key, nvs_type_t type, const void *value, size_t size);
/** Gets the value of a key and type. With NULL for `value` only its size. */
esp_err_t nvs_store_get(nvs_handle_t handle, const char *key, nvs_type_t type, void *value, size_t *size);
