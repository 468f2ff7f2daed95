// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * The version of ESP-IDF whose API the bundled SDK follows. Programs compare against ESP_IDF_VERSION to choose between
 * API generations; the SDK itself is not ESP-IDF and says so in the boot log.
 */

#ifdef __cplusplus
extern "C" {
#endif

#define ESP_IDF_VERSION_MAJOR 5
#define ESP_IDF_VERSION_MINOR 1
#define ESP_IDF_VERSION_PATCH 4

/** One comparable number from three parts. */
#define ESP_IDF_VERSION_VAL(major, minor, patch) (((major) << 16) | ((minor) << 8) | (patch))
#define ESP_IDF_VERSION ESP_IDF_VERSION_VAL(ESP_IDF_VERSION_MAJOR, ESP_IDF_VERSION_MINOR, ESP_IDF_VERSION_PATCH)

#ifndef IDF_VER
#define IDF_VER "v5.1.4"
#endif

/** IDF_VER. */
const char *esp_get_idf_version(void);

#ifdef __cplusplus
}
#endif
