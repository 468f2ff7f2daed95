// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file Hints for the compiler (ESP-IDF's esp_compiler.h). */

/** The condition is expected to hold. */
#define likely(x) __builtin_expect(!!(x), 1)
/** The condition is expected not to hold. */
#define unlikely(x) __builtin_expect(!!(x), 0)

/** Initialises a character array member, also where C++ would insist on room for the terminator. */
#if defined(__cplusplus)
#define ESP_COMPILER_DESIGNATED_INIT_AGGREGATE_TYPE_STR(member, value) {.member = value}
#define ESP_COMPILER_DESIGNATED_INIT_AGGREGATE_TYPE_EMPTY(member) .member = {},
#else
#define ESP_COMPILER_DESIGNATED_INIT_AGGREGATE_TYPE_STR(member, value) .member = value
#define ESP_COMPILER_DESIGNATED_INIT_AGGREGATE_TYPE_EMPTY(member)
#endif
