// SPDX-License-Identifier: Apache-2.0

/**
 * @file
 * What WIFI_INIT_CONFIG_DEFAULT() of ESP-IDF's esp_wifi.h hands to its driver. The station here asks for none of it.
 *
 * Weak, since ESP-IDF's wpa_supplicant, where it is part of a build, has the table of ciphers too.
 */

#include "esp_private/wifi_os_adapter.h"
#include "esp_wifi.h"

__attribute__((weak)) wifi_osi_funcs_t g_wifi_osi_funcs;
__attribute__((weak)) const wpa_crypto_funcs_t g_wifi_default_wpa_crypto_funcs;
__attribute__((weak)) uint64_t g_wifi_feature_caps;
