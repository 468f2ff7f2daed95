// SPDX-License-Identifier: Apache-2.0

/** @file Random numbers, chip information, compare-and-set, waiting. */

#include <string.h>

#include "esp_chip_info.h"
#include "esp_cpu.h"
#include "esp_random.h"
#include "kernel.h"
#include "soc/soc.h"

/** The random number generator's output. */
#define RANDOM_REG (DR_REG_SYSCON_BASE + 0xb0)

uint32_t esp_random(void)
{
    return REG_READ(RANDOM_REG);
}

void esp_fill_random(void *buf, size_t len)
{
    uint8_t *to = buf;
    while (len > 0) {
        uint32_t word = esp_random();
        size_t count = len < sizeof(word) ? len : sizeof(word);
        memcpy(to, &word, count);
        to += count;
        len -= count;
    }
}

void esp_chip_info(esp_chip_info_t *out_info)
{
    *out_info = (esp_chip_info_t){
        .model = CHIP_ESP32C3, .features = CHIP_FEATURE_WIFI_BGN | CHIP_FEATURE_BLE, .revision = 3, .cores = 1};
}

bool esp_cpu_compare_and_set(volatile uint32_t *addr, uint32_t compare_value, uint32_t new_value)
{
    uint32_t state = k_mask();
    bool same = *addr == compare_value;
    if (same) {
        *addr = new_value;
    }
    k_unmask(state);
    return same;
}

void esp_cpu_wait_for_intr(void)
{
    __asm__ volatile("wfi");
}
