// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file Ethernet (ESP-IDF's esp_eth). */

#include "esp_eth_driver.h"
#include "esp_eth_netif_glue.h"
