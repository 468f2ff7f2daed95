/*
 * ESP32-C3: interrupt matrix, 62 peripheral sources onto 31 CPU lines.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_RISCV_ESP32C3_INTMATRIX_H
#define HW_RISCV_ESP32C3_INTMATRIX_H

#include "esp_cpu.h"
#include "regs.h"

#define TYPE_ESP32C3_INTMATRIX "esp32c3-intmatrix"
OBJECT_DECLARE_SIMPLE_TYPE(Esp32c3IntMatrix, ESP32C3_INTMATRIX)

/* Source numbers: ESP-IDF, soc/esp32c3/include/soc/periph_defs.h. */
enum {
    ESP32C3_SOURCE_WIFI_MAC = 0, /* shared with the OpenCores MAC */
    ESP32C3_SOURCE_UART0 = 21,
    ESP32C3_SOURCE_RTC_CORE = 27,
    ESP32C3_SOURCE_TG0_T0 = 32,
    ESP32C3_SOURCE_TG0_WDT = 33,
    ESP32C3_SOURCE_TG1_T0 = 34,
    ESP32C3_SOURCE_TG1_WDT = 35,
    ESP32C3_SOURCE_SYSTIMER0 = 37,
    ESP32C3_SOURCE_FROM_CPU0 = 50,
    ESP32C3_N_SOURCES = 62,
};

#define ESP32C3_N_LINES 32 /* line 0 is "not connected" */

struct Esp32c3IntMatrix {
    Esp32c3Regs parent_obj;

    Esp32c3Cpu *cpu;
    uint64_t sources; /* level of each source */
    uint32_t levels;  /* of each line: any of its sources high */
    uint32_t latched; /* rising edges seen on lines of edge type */
};

#endif
