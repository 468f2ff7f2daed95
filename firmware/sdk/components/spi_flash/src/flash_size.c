// SPDX-License-Identifier: Apache-2.0

/** @file The size of the board's flash. */

#include <stddef.h>

#include "esp_flash.h"

#define FLASH_SIZE (4u * 1024 * 1024)

esp_err_t esp_flash_get_size(esp_flash_t *chip, uint32_t *out_size)
{
    if (chip != NULL || out_size == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    *out_size = FLASH_SIZE;
    return ESP_OK;
}

esp_err_t esp_flash_get_physical_size(esp_flash_t *chip, uint32_t *flash_size)
{
    return esp_flash_get_size(chip, flash_size);
}
