// SPDX-License-Identifier: Apache-2.0
// warning: #warning "esp_event_loop.h is deprecated, please include esp_event.h instead"
#include "esp_event_loop.h"

esp_event_base_t base;
