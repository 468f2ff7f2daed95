// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Log lines with level, time and tag (ESP-IDF's esp_log.h): "I (1234) tag: text", coloured by level. Levels can be set
 * for each tag; lines above CONFIG_LOG_MAXIMUM_LEVEL (or the file's LOG_LOCAL_LEVEL) are not compiled in. ESP_LOGx may
 * be used in tasks only; the EARLY and DRAM forms also in interrupt handlers and critical sections.
 */

#ifndef __ESP_LOG_H__
#define __ESP_LOG_H__

#include <inttypes.h>
#include <stdarg.h>
#include <stdint.h>

#include "esp_rom_sys.h"
#include "sdkconfig.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Severity, from silence to everything. */
typedef enum {
    ESP_LOG_NONE,
    ESP_LOG_ERROR,
    ESP_LOG_WARN,
    ESP_LOG_INFO,
    ESP_LOG_DEBUG,
    ESP_LOG_VERBOSE
} esp_log_level_t;

typedef int (*vprintf_like_t)(const char *, va_list);

/** Level of tags that have none of their own. */
extern esp_log_level_t esp_log_default_level;

/** Sets the level of @p tag; "*" sets the default level and forgets the levels of all tags. */
void esp_log_level_set(const char *tag, esp_log_level_t level);
esp_log_level_t esp_log_level_get(const char *tag);
/** Has log lines written by @p func instead of vprintf(); returns the function used so far. */
vprintf_like_t esp_log_set_vprintf(vprintf_like_t func);
/** Milliseconds since boot, in steps of a tick once the scheduler runs. */
uint32_t esp_log_timestamp(void);
/** Time of day as "HH:MM:SS.sss", in a static buffer. */
char *esp_log_system_timestamp(void);
/** Milliseconds since boot; usable anywhere. */
uint32_t esp_log_early_timestamp(void);
/** Writes a line when the tag's level allows it. */
void esp_log_write(esp_log_level_t level, const char *tag, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void esp_log_writev(esp_log_level_t level, const char *tag, const char *format, va_list args);

#include "esp_log_internal.h"

#ifndef LOG_LOCAL_LEVEL
#define LOG_LOCAL_LEVEL CONFIG_LOG_MAXIMUM_LEVEL
#endif

/** Logs a buffer of up to 65535 bytes: as hexadecimal, as characters, or as both with addresses; 16 bytes a line. */
#define ESP_LOG_BUFFER_HEX_LEVEL(tag, buffer, buff_len, level)               \
    do {                                                                     \
        if (LOG_LOCAL_LEVEL >= (level)) {                                    \
            esp_log_buffer_hex_internal(tag, buffer, buff_len, level);       \
        }                                                                    \
    } while (0)
#define ESP_LOG_BUFFER_CHAR_LEVEL(tag, buffer, buff_len, level)              \
    do {                                                                     \
        if (LOG_LOCAL_LEVEL >= (level)) {                                    \
            esp_log_buffer_char_internal(tag, buffer, buff_len, level);      \
        }                                                                    \
    } while (0)
#define ESP_LOG_BUFFER_HEXDUMP(tag, buffer, buff_len, level)                 \
    do {                                                                     \
        if (LOG_LOCAL_LEVEL >= (level)) {                                    \
            esp_log_buffer_hexdump_internal(tag, buffer, buff_len, level);   \
        }                                                                    \
    } while (0)
#define ESP_LOG_BUFFER_HEX(tag, buffer, buff_len) ESP_LOG_BUFFER_HEX_LEVEL(tag, buffer, buff_len, ESP_LOG_INFO)
#define ESP_LOG_BUFFER_CHAR(tag, buffer, buff_len) ESP_LOG_BUFFER_CHAR_LEVEL(tag, buffer, buff_len, ESP_LOG_INFO)
#define esp_log_buffer_hex ESP_LOG_BUFFER_HEX
#define esp_log_buffer_char ESP_LOG_BUFFER_CHAR

#if CONFIG_LOG_COLORS
#define LOG_COLOR_BLACK "30"
#define LOG_COLOR_RED "31"
#define LOG_COLOR_GREEN "32"
#define LOG_COLOR_BROWN "33"
#define LOG_COLOR_BLUE "34"
#define LOG_COLOR_PURPLE "35"
#define LOG_COLOR_CYAN "36"
#define LOG_COLOR(COLOR) "\033[0;" COLOR "m"
#define LOG_BOLD(COLOR) "\033[1;" COLOR "m"
#define LOG_RESET_COLOR "\033[0m"
#define LOG_COLOR_E LOG_COLOR(LOG_COLOR_RED)
#define LOG_COLOR_W LOG_COLOR(LOG_COLOR_BROWN)
#define LOG_COLOR_I LOG_COLOR(LOG_COLOR_GREEN)
#else
#define LOG_RESET_COLOR
#define LOG_COLOR_E
#define LOG_COLOR_W
#define LOG_COLOR_I
#endif
#define LOG_COLOR_D
#define LOG_COLOR_V

#define LOG_FORMAT(letter, format) LOG_COLOR_##letter #letter " (%" PRIu32 ") %s: " format LOG_RESET_COLOR "\n"
#define LOG_SYSTEM_TIME_FORMAT(letter, format) LOG_COLOR_##letter #letter " (%s) %s: " format LOG_RESET_COLOR "\n"

/** Lines through the ROM's printf: no lock, no level for the tag. */
#define ESP_LOG_EARLY_IMPL(tag, format, log_level, letter, ...)                                          \
    do {                                                                                                 \
        if (LOG_LOCAL_LEVEL >= (log_level) && esp_log_default_level >= (log_level)) {                    \
            esp_rom_printf(LOG_FORMAT(letter, format), esp_log_timestamp(), tag, ##__VA_ARGS__);         \
        }                                                                                                \
    } while (0)
#define ESP_EARLY_LOGE(tag, format, ...) ESP_LOG_EARLY_IMPL(tag, format, ESP_LOG_ERROR, E, ##__VA_ARGS__)
#define ESP_EARLY_LOGW(tag, format, ...) ESP_LOG_EARLY_IMPL(tag, format, ESP_LOG_WARN, W, ##__VA_ARGS__)
#define ESP_EARLY_LOGI(tag, format, ...) ESP_LOG_EARLY_IMPL(tag, format, ESP_LOG_INFO, I, ##__VA_ARGS__)
#define ESP_EARLY_LOGD(tag, format, ...) ESP_LOG_EARLY_IMPL(tag, format, ESP_LOG_DEBUG, D, ##__VA_ARGS__)
#define ESP_EARLY_LOGV(tag, format, ...) ESP_LOG_EARLY_IMPL(tag, format, ESP_LOG_VERBOSE, V, ##__VA_ARGS__)

/** Lines without time or colour, for code that runs while flash is not readable. */
#define ESP_DRAM_LOG_IMPL(tag, format, log_level, letter, ...)                        \
    do {                                                                              \
        if (LOG_LOCAL_LEVEL >= (log_level) && esp_log_default_level >= (log_level)) { \
            esp_rom_printf(#letter " %s: " format "\n", tag, ##__VA_ARGS__);          \
        }                                                                             \
    } while (0)
#define ESP_DRAM_LOGE(tag, format, ...) ESP_DRAM_LOG_IMPL(tag, format, ESP_LOG_ERROR, E, ##__VA_ARGS__)
#define ESP_DRAM_LOGW(tag, format, ...) ESP_DRAM_LOG_IMPL(tag, format, ESP_LOG_WARN, W, ##__VA_ARGS__)
#define ESP_DRAM_LOGI(tag, format, ...) ESP_DRAM_LOG_IMPL(tag, format, ESP_LOG_INFO, I, ##__VA_ARGS__)
#define ESP_DRAM_LOGD(tag, format, ...) ESP_DRAM_LOG_IMPL(tag, format, ESP_LOG_DEBUG, D, ##__VA_ARGS__)
#define ESP_DRAM_LOGV(tag, format, ...) ESP_DRAM_LOG_IMPL(tag, format, ESP_LOG_VERBOSE, V, ##__VA_ARGS__)

#define ESP_LOG_LINE_(level, letter, tag, format, ...) \
    esp_log_write(level, tag, LOG_FORMAT(letter, format), esp_log_timestamp(), tag, ##__VA_ARGS__)

/** A line at a level that is known at run time only. */
#define ESP_LOG_LEVEL(level, tag, format, ...)                                  \
    do {                                                                        \
        if (level == ESP_LOG_ERROR) {                                           \
            ESP_LOG_LINE_(ESP_LOG_ERROR, E, tag, format, ##__VA_ARGS__);        \
        } else if (level == ESP_LOG_WARN) {                                     \
            ESP_LOG_LINE_(ESP_LOG_WARN, W, tag, format, ##__VA_ARGS__);         \
        } else if (level == ESP_LOG_DEBUG) {                                    \
            ESP_LOG_LINE_(ESP_LOG_DEBUG, D, tag, format, ##__VA_ARGS__);        \
        } else if (level == ESP_LOG_VERBOSE) {                                  \
            ESP_LOG_LINE_(ESP_LOG_VERBOSE, V, tag, format, ##__VA_ARGS__);      \
        } else {                                                                \
            ESP_LOG_LINE_(ESP_LOG_INFO, I, tag, format, ##__VA_ARGS__);         \
        }                                                                       \
    } while (0)
#define ESP_LOG_LEVEL_LOCAL(level, tag, format, ...)             \
    do {                                                         \
        if (LOG_LOCAL_LEVEL >= level) {                          \
            ESP_LOG_LEVEL(level, tag, format, ##__VA_ARGS__);    \
        }                                                        \
    } while (0)

#define ESP_LOGE(tag, format, ...) ESP_LOG_LEVEL_LOCAL(ESP_LOG_ERROR, tag, format, ##__VA_ARGS__)
#define ESP_LOGW(tag, format, ...) ESP_LOG_LEVEL_LOCAL(ESP_LOG_WARN, tag, format, ##__VA_ARGS__)
#define ESP_LOGI(tag, format, ...) ESP_LOG_LEVEL_LOCAL(ESP_LOG_INFO, tag, format, ##__VA_ARGS__)
#define ESP_LOGD(tag, format, ...) ESP_LOG_LEVEL_LOCAL(ESP_LOG_DEBUG, tag, format, ##__VA_ARGS__)
#define ESP_LOGV(tag, format, ...) ESP_LOG_LEVEL_LOCAL(ESP_LOG_VERBOSE, tag, format, ##__VA_ARGS__)

#ifdef __cplusplus
}
#endif

#endif
