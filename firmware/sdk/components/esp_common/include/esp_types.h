// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file The C types ESP-IDF's headers rely on (ESP-IDF's esp_types.h). */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
