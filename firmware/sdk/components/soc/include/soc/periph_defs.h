// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file Interrupt sources by the header name ESP-IDF programs use. */

#include "soc/interrupts.h"
