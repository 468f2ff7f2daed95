// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file The name that esp_event.h once had. */
#warning "esp_event_loop.h is deprecated, please include esp_event.h instead"
#include "esp_event.h"
