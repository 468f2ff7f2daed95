// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Error codes and the checks around them (ESP-IDF's esp_err.h).
 * ESP_OK is 0; ESP_FAIL is -1; components own ranges above 0x100.
 */

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "esp_compiler.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Result of most ESP-IDF calls: ESP_OK or one of the codes below or of a component. */
typedef int esp_err_t;

#define ESP_OK 0
#define ESP_FAIL -1

#define ESP_ERR_NO_MEM 0x101            /**< Out of memory */
#define ESP_ERR_INVALID_ARG 0x102       /**< Invalid argument */
#define ESP_ERR_INVALID_STATE 0x103     /**< Invalid state */
#define ESP_ERR_INVALID_SIZE 0x104      /**< Invalid size */
#define ESP_ERR_NOT_FOUND 0x105         /**< Requested resource not found */
#define ESP_ERR_NOT_SUPPORTED 0x106     /**< Operation or feature not supported */
#define ESP_ERR_TIMEOUT 0x107           /**< Operation timed out */
#define ESP_ERR_INVALID_RESPONSE 0x108  /**< Received response was invalid */
#define ESP_ERR_INVALID_CRC 0x109       /**< CRC or checksum was invalid */
#define ESP_ERR_INVALID_VERSION 0x10A   /**< Version was invalid */
#define ESP_ERR_INVALID_MAC 0x10B       /**< MAC address was invalid */
#define ESP_ERR_NOT_FINISHED 0x10C      /**< Operation has not fully completed */
#define ESP_ERR_NOT_ALLOWED 0x10D       /**< Operation is not allowed */

#define ESP_ERR_WIFI_BASE 0x3000        /**< First code of the Wi-Fi component */
#define ESP_ERR_MESH_BASE 0x4000        /**< First code of the mesh component */
#define ESP_ERR_FLASH_BASE 0x6000       /**< First code of the flash component */
#define ESP_ERR_HW_CRYPTO_BASE 0xc000   /**< First code of the crypto component */
#define ESP_ERR_MEMPROT_BASE 0xd000     /**< First code of the memory protection component */

/** Name of @p code ("ESP_ERR_TIMEOUT"), or "ERROR". Never NULL. */
const char *esp_err_to_name(esp_err_t code);

/**
 * Name of @p code copied into @p buf (at most @p buflen bytes, always terminated); unknown codes give the C library's
 * text for that errno, or "Unknown error 0x…". Returns @p buf.
 */
const char *esp_err_to_name_r(esp_err_t code, char *buf, size_t buflen);

/** Prints why a check failed and aborts. Called by ESP_ERROR_CHECK only. */
void _esp_error_check_failed(esp_err_t rc, const char *file, int line, const char *function, const char *expression)
    __attribute__((__noreturn__));

/** Prints why a check failed and returns. Called by ESP_ERROR_CHECK_WITHOUT_ABORT only. */
void _esp_error_check_failed_without_abort(esp_err_t rc, const char *file, int line, const char *function,
                                           const char *expression);

#ifndef __ASSERT_FUNC
#define __ASSERT_FUNC __func__
#endif

/** Evaluates @p x; anything but ESP_OK prints code, place and expression, and aborts. */
#ifdef NDEBUG
#define ESP_ERROR_CHECK(x)                 \
    do {                                   \
        esp_err_t err_rc_ = (x);           \
        (void)sizeof(err_rc_);             \
    } while (0)
#else
#define ESP_ERROR_CHECK(x)                                                             \
    do {                                                                               \
        esp_err_t err_rc_ = (x);                                                       \
        if (unlikely(err_rc_ != ESP_OK)) {                                             \
            _esp_error_check_failed(err_rc_, __FILE__, __LINE__, __ASSERT_FUNC, #x);   \
        }                                                                              \
    } while (0)
#endif

/** Evaluates @p x and returns its code; anything but ESP_OK is printed. */
#define ESP_ERROR_CHECK_WITHOUT_ABORT(x)                                                           \
    ({                                                                                             \
        esp_err_t err_rc_ = (x);                                                                   \
        if (unlikely(err_rc_ != ESP_OK)) {                                                         \
            _esp_error_check_failed_without_abort(err_rc_, __FILE__, __LINE__, __ASSERT_FUNC, #x); \
        }                                                                                          \
        err_rc_;                                                                                   \
    })

#ifdef __cplusplus
}
#endif
