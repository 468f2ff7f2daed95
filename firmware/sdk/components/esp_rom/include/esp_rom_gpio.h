// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file The ROM's pin calls (ESP-IDF's esp_rom_gpio.h). The board has no pins to see: they have no effect. */

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

void esp_rom_gpio_pad_select_gpio(uint32_t iopad_num);
void esp_rom_gpio_pad_pullup_only(uint32_t iopad_num);
void esp_rom_gpio_connect_in_signal(uint32_t gpio_num, uint32_t signal_idx, bool inv);
void esp_rom_gpio_connect_out_signal(uint32_t gpio_num, uint32_t signal_idx, bool out_inv, bool oen_inv);

#ifdef __cplusplus
}
#endif
