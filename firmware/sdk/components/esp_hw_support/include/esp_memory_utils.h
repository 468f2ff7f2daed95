// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file What memory an address is in (ESP-IDF's esp_memory_utils.h). */

#include <stdbool.h>
#include <stdint.h>

#include "soc/soc.h"

#ifdef __cplusplus
extern "C" {
#endif

/** In internal RAM, by its data address. */
static inline bool esp_ptr_in_dram(const void *p)
{
    return (uint32_t)p >= SOC_DRAM_LOW && (uint32_t)p < SOC_DRAM_HIGH;
}
/** In internal RAM, by its code address. */
static inline bool esp_ptr_in_iram(const void *p)
{
    return (uint32_t)p >= SOC_IRAM_LOW && (uint32_t)p < SOC_IRAM_HIGH;
}
/** In flash, by its data address. */
static inline bool esp_ptr_in_drom(const void *p)
{
    return (uint32_t)p >= SOC_DROM_LOW && (uint32_t)p < SOC_DROM_HIGH;
}
/** In internal RAM, readable and writable. */
static inline bool esp_ptr_internal(const void *p)
{
    return esp_ptr_in_dram(p);
}
/** Readable a byte at a time. */
static inline bool esp_ptr_byte_accessible(const void *p)
{
    return esp_ptr_in_dram(p);
}
/** Can hold code. */
static inline bool esp_ptr_executable(const void *p)
{
    return ((uint32_t)p >= SOC_IROM_LOW && (uint32_t)p < SOC_IROM_HIGH) || esp_ptr_in_iram(p);
}

#ifdef __cplusplus
}
#endif
