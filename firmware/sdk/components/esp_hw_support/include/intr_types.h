// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file How a CPU interrupt line is triggered (ESP-IDF's intr_types.h). */

enum intr_type {
    INTR_TYPE_LEVEL = 0,
    INTR_TYPE_EDGE,
};
