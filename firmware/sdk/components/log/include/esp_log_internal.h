// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file Functions behind the buffer macros of esp_log.h, which is what programs include. */

void esp_log_buffer_hex_internal(const char *tag, const void *buffer, uint16_t length, esp_log_level_t level);
void esp_log_buffer_char_internal(const char *tag, const void *buffer, uint16_t length, esp_log_level_t level);
void esp_log_buffer_hexdump_internal(const char *tag, const void *buffer, uint16_t length, esp_log_level_t level);
