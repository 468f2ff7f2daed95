// SPDX-License-Identifier: Apache-2.0

/** @file Buffers as log lines of 16 bytes. */

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "esp_log.h"

#define PER_LINE 16

static uint16_t line_length(uint16_t left)
{
    return left < PER_LINE ? left : PER_LINE;
}

void esp_log_buffer_hex_internal(const char *tag, const void *buffer, uint16_t length, esp_log_level_t level)
{
    const uint8_t *at = buffer;
    while (length > 0) {
        char text[3 * PER_LINE + 1];
        uint16_t count = line_length(length);
        for (uint16_t i = 0; i < count; i++) {
            sprintf(text + 3 * i, "%02x ", at[i]);
        }
        ESP_LOG_LEVEL(level, tag, "%s", text);
        at += count;
        length -= count;
    }
}

void esp_log_buffer_char_internal(const char *tag, const void *buffer, uint16_t length, esp_log_level_t level)
{
    const uint8_t *at = buffer;
    while (length > 0) {
        char text[PER_LINE + 1];
        uint16_t count = line_length(length);
        memcpy(text, at, count);
        text[count] = '\0';
        ESP_LOG_LEVEL(level, tag, "%s", text);
        at += count;
        length -= count;
    }
}

void esp_log_buffer_hexdump_internal(const char *tag, const void *buffer, uint16_t length, esp_log_level_t level)
{
    const uint8_t *at = buffer;
    while (length > 0) {
        char text[10 + 3 + PER_LINE * 3 + 3 + PER_LINE + 1 + 1];
        uint16_t count = line_length(length);
        char *to = text + sprintf(text, "%p ", (const void *)at);
        for (uint16_t i = 0; i < PER_LINE; i++) {
            to += sprintf(to, "%s", i % 8 == 0 ? " " : "");
            to += i < count ? sprintf(to, " %02x", at[i]) : sprintf(to, "   ");
        }
        to += sprintf(to, "  |");
        for (uint16_t i = 0; i < count; i++) {
            *to++ = isprint(at[i]) ? (char)at[i] : '.';
        }
        strcpy(to, "|");
        ESP_LOG_LEVEL(level, tag, "%s", text);
        at += count;
        length -= count;
    }
}
