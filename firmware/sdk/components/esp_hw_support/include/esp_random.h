// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file Random numbers from the hardware generator (ESP-IDF's esp_random.h). */

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

uint32_t esp_random(void);
void esp_fill_random(void *buf, size_t len);

#ifdef __cplusplus
}
#endif
