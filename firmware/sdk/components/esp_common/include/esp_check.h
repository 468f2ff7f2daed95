// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Early exits with a log line (ESP-IDF's esp_check.h). Each macro logs
 * "function(line): message" at error level under the given tag; the _ISR forms log through the early path.
 * The GOTO forms need a variable `ret` of type esp_err_t in scope.
 */

#include "esp_err.h"
#include "esp_log.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ESP_CHECK_LOG_(log, log_tag, format, ...) \
    log(log_tag, "%s(%d): " format, __FUNCTION__, __LINE__, ##__VA_ARGS__)

/** Returns the code of @p x from the calling function unless it is ESP_OK. */
#define ESP_RETURN_ON_ERROR(x, log_tag, format, ...)                        \
    do {                                                                    \
        esp_err_t err_rc_ = (x);                                            \
        if (unlikely(err_rc_ != ESP_OK)) {                                  \
            ESP_CHECK_LOG_(ESP_LOGE, log_tag, format, ##__VA_ARGS__);       \
            return err_rc_;                                                 \
        }                                                                   \
    } while (0)

#define ESP_RETURN_ON_ERROR_ISR(x, log_tag, format, ...)                    \
    do {                                                                    \
        esp_err_t err_rc_ = (x);                                            \
        if (unlikely(err_rc_ != ESP_OK)) {                                  \
            ESP_CHECK_LOG_(ESP_EARLY_LOGE, log_tag, format, ##__VA_ARGS__); \
            return err_rc_;                                                 \
        }                                                                   \
    } while (0)

/** Stores the code of @p x in `ret` and goes to @p goto_tag unless it is ESP_OK. */
#define ESP_GOTO_ON_ERROR(x, goto_tag, log_tag, format, ...)                \
    do {                                                                    \
        esp_err_t err_rc_ = (x);                                            \
        if (unlikely(err_rc_ != ESP_OK)) {                                  \
            ESP_CHECK_LOG_(ESP_LOGE, log_tag, format, ##__VA_ARGS__);       \
            ret = err_rc_;                                                  \
            goto goto_tag;                                                  \
        }                                                                   \
    } while (0)

#define ESP_GOTO_ON_ERROR_ISR(x, goto_tag, log_tag, format, ...)            \
    do {                                                                    \
        esp_err_t err_rc_ = (x);                                            \
        if (unlikely(err_rc_ != ESP_OK)) {                                  \
            ESP_CHECK_LOG_(ESP_EARLY_LOGE, log_tag, format, ##__VA_ARGS__); \
            ret = err_rc_;                                                  \
            goto goto_tag;                                                  \
        }                                                                   \
    } while (0)

/** Returns @p err_code from the calling function unless @p a holds. */
#define ESP_RETURN_ON_FALSE(a, err_code, log_tag, format, ...)              \
    do {                                                                    \
        if (unlikely(!(a))) {                                               \
            ESP_CHECK_LOG_(ESP_LOGE, log_tag, format, ##__VA_ARGS__);       \
            return err_code;                                                \
        }                                                                   \
    } while (0)

#define ESP_RETURN_ON_FALSE_ISR(a, err_code, log_tag, format, ...)          \
    do {                                                                    \
        if (unlikely(!(a))) {                                               \
            ESP_CHECK_LOG_(ESP_EARLY_LOGE, log_tag, format, ##__VA_ARGS__); \
            return err_code;                                                \
        }                                                                   \
    } while (0)

/** Stores @p err_code in `ret` and goes to @p goto_tag unless @p a holds. */
#define ESP_GOTO_ON_FALSE(a, err_code, goto_tag, log_tag, format, ...)      \
    do {                                                                    \
        if (unlikely(!(a))) {                                               \
            ESP_CHECK_LOG_(ESP_LOGE, log_tag, format, ##__VA_ARGS__);       \
            ret = err_code;                                                 \
            goto goto_tag;                                                  \
        }                                                                   \
    } while (0)

#define ESP_GOTO_ON_FALSE_ISR(a, err_code, goto_tag, log_tag, format, ...)  \
    do {                                                                    \
        if (unlikely(!(a))) {                                               \
            ESP_CHECK_LOG_(ESP_EARLY_LOGE, log_tag, format, ##__VA_ARGS__); \
            ret = err_code;                                                 \
            goto goto_tag;                                                  \
        }                                                                   \
    } while (0)

#ifdef __cplusplus
}
#endif
