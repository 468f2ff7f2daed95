// SPDX-License-Identifier: Apache-2.0

/** @file CRCs, bit by bit. */

#include "esp_rom_crc.h"

uint32_t esp_rom_crc32_le(uint32_t crc, uint8_t const *buf, uint32_t len)
{
    crc = ~crc;
    while (len-- > 0) {
        crc ^= *buf++;
        for (int i = 0; i < 8; i++) {
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
        }
    }
    return ~crc;
}

uint32_t esp_rom_crc32_be(uint32_t crc, uint8_t const *buf, uint32_t len)
{
    crc = ~crc;
    while (len-- > 0) {
        crc ^= (uint32_t)*buf++ << 24;
        for (int i = 0; i < 8; i++) {
            crc = crc << 1 ^ (crc & 0x80000000u ? 0x04c11db7u : 0);
        }
    }
    return ~crc;
}

uint16_t esp_rom_crc16_le(uint16_t crc, uint8_t const *buf, uint32_t len)
{
    crc = (uint16_t)~crc;
    while (len-- > 0) {
        crc ^= *buf++;
        for (int i = 0; i < 8; i++) {
            crc = (uint16_t)(crc >> 1 ^ (crc & 1 ? 0x8408 : 0));
        }
    }
    return (uint16_t)~crc;
}

uint16_t esp_rom_crc16_be(uint16_t crc, uint8_t const *buf, uint32_t len)
{
    crc = (uint16_t)~crc;
    while (len-- > 0) {
        crc ^= (uint16_t)(*buf++ << 8);
        for (int i = 0; i < 8; i++) {
            crc = (uint16_t)(crc << 1 ^ (crc & 0x8000 ? 0x1021 : 0));
        }
    }
    return (uint16_t)~crc;
}

uint8_t esp_rom_crc8_le(uint8_t crc, uint8_t const *buf, uint32_t len)
{
    crc = (uint8_t)~crc;
    while (len-- > 0) {
        crc ^= *buf++;
        for (int i = 0; i < 8; i++) {
            crc = (uint8_t)(crc >> 1 ^ (crc & 1 ? 0xe0 : 0));
        }
    }
    return (uint8_t)~crc;
}

uint8_t esp_rom_crc8_be(uint8_t crc, uint8_t const *buf, uint32_t len)
{
    crc = (uint8_t)~crc;
    while (len-- > 0) {
        crc ^= *buf++;
        for (int i = 0; i < 8; i++) {
            crc = (uint8_t)(crc << 1 ^ (crc & 0x80 ? 0x07 : 0));
        }
    }
    return (uint8_t)~crc;
}
