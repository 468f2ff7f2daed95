// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file The C headers that the Swift sources see. */

#include "esp32_swift.h"
