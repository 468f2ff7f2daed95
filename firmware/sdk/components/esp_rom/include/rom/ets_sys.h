// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file Old names of the ROM's services (rom/ets_sys.h). */

#include "esp_rom_sys.h"

#define ets_printf esp_rom_printf
#define ets_delay_us esp_rom_delay_us
