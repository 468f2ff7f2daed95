// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * CRCs (ESP-IDF's esp_rom_crc.h). Start with 0 and pass the result on to continue over more data; _le is the reflected
 * form (crc32_le is the CRC of zip), _be the straight one. Initial and final value are inverted, as in the ROM.
 */

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

uint32_t esp_rom_crc32_le(uint32_t crc, uint8_t const *buf, uint32_t len);
uint32_t esp_rom_crc32_be(uint32_t crc, uint8_t const *buf, uint32_t len);
uint16_t esp_rom_crc16_le(uint16_t crc, uint8_t const *buf, uint32_t len);
uint16_t esp_rom_crc16_be(uint16_t crc, uint8_t const *buf, uint32_t len);
uint8_t esp_rom_crc8_le(uint8_t crc, uint8_t const *buf, uint32_t len);
uint8_t esp_rom_crc8_be(uint8_t crc, uint8_t const *buf, uint32_t len);

#ifdef __cplusplus
}
#endif
