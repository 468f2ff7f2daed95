// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file Compile-time assertion usable in C and C++ (ESP-IDF's esp_assert.h). */

#include "assert.h"

#ifdef __cplusplus
#define ESP_STATIC_ASSERT static_assert
#else
#define ESP_STATIC_ASSERT _Static_assert
#endif

/** Fails the build when @p condition, a constant, is false. */
#define TRY_STATIC_ASSERT(condition, msg) ESP_STATIC_ASSERT(condition, #msg)
