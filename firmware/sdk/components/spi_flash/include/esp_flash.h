// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * The flash chip, as far as programs describe the board they run on (ESP-IDF's esp_flash.h): its size. Reading and
 * writing it are not in the bundled SDK.
 */

#include <stdint.h>

#include "esp_err.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct esp_flash_t esp_flash_t;

/** Size in bytes: 4 MB. @p chip is NULL, the main flash. */
esp_err_t esp_flash_get_size(esp_flash_t *chip, uint32_t *out_size);
esp_err_t esp_flash_get_physical_size(esp_flash_t *chip, uint32_t *flash_size);

#ifdef __cplusplus
}
#endif
