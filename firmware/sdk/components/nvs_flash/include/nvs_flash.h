// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * The store of settings (ESP-IDF's nvs_flash). The bundled SDK keeps it in RAM: it begins empty at each start of the
 * board, so that no run of a program depends on one before it.
 */

#include "nvs.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Opens the default partition "nvs". */
esp_err_t nvs_flash_init(void);
/** Opens a partition; only "nvs" exists, another gives ESP_ERR_NOT_FOUND. */
esp_err_t nvs_flash_init_partition(const char *partition_label);
/** Closes the store and its handles. ESP_ERR_NVS_NOT_INITIALIZED. */
esp_err_t nvs_flash_deinit(void);
esp_err_t nvs_flash_deinit_partition(const char *partition_label);
/** Empties the store and closes it. */
esp_err_t nvs_flash_erase(void);
esp_err_t nvs_flash_erase_partition(const char *part_name);

#ifdef __cplusplus
}
#endif
