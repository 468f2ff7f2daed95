// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file Register access and memory layout (ESP-IDF's soc/soc.h for the ESP32-C3). */

#include "esp_bit_defs.h"
#include "soc/reg_base.h"

#define PRO_CPU_NUM (0)

#define SOC_IROM_LOW 0x42000000
#define SOC_IROM_HIGH 0x42800000
#define SOC_DROM_LOW 0x3C000000
#define SOC_DROM_HIGH 0x3C800000
#define SOC_IRAM_LOW 0x4037C000
#define SOC_IRAM_HIGH 0x403E0000
#define SOC_DRAM_LOW 0x3FC80000
#define SOC_DRAM_HIGH 0x3FCE0000
#define SOC_RTC_IRAM_LOW 0x50000000
#define SOC_RTC_IRAM_HIGH 0x50002000
/** What a data address must be raised by to fetch the same bytes as code. */
#define SOC_I_D_OFFSET 0x700000

#define APB_CLK_FREQ (80 * 1000000)
#define UART_CLK_FREQ APB_CLK_FREQ

#ifndef __ASSEMBLER__
#include <stdint.h>

#define REG_WRITE(reg, value) (*(volatile uint32_t *)(reg) = (value))
#define REG_READ(reg) (*(volatile uint32_t *)(reg))
#define REG_SET_BIT(reg, bit) REG_WRITE(reg, REG_READ(reg) | (bit))
#define REG_CLR_BIT(reg, bit) REG_WRITE(reg, REG_READ(reg) & ~(bit))
#define REG_GET_BIT(reg, bit) (REG_READ(reg) & (bit))
#define READ_PERI_REG(addr) REG_READ(addr)
#define WRITE_PERI_REG(addr, value) REG_WRITE(addr, value)
#define SET_PERI_REG_MASK(reg, mask) REG_SET_BIT(reg, mask)
#define CLEAR_PERI_REG_MASK(reg, mask) REG_CLR_BIT(reg, mask)
#endif
