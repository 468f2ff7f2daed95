/*
 * ESP32-C3: the chip.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_RISCV_ESP32C3_SOC_H
#define HW_RISCV_ESP32C3_SOC_H

#include "efuse.h"
#include "esp_cpu.h"
#include "extmem.h"
#include "flash.h"
#include "intmatrix.h"
#include "rtc.h"
#include "syscon.h"
#include "system.h"
#include "systimer.h"
#include "timg.h"
#include "uart.h"
#include "unmodelled.h"

#define TYPE_ESP32C3_SOC "esp32c3-soc"
OBJECT_DECLARE_SIMPLE_TYPE(Esp32c3Soc, ESP32C3_SOC)

/* Memory map: ESP-IDF, soc/esp32c3/include/soc/soc.h. */
#define ESP32C3_ROM_BASE        0x40000000
#define ESP32C3_ROM_SIZE        0x60000
#define ESP32C3_ROM_DATA_BASE   0x3ff00000 /* the upper part, for data */
#define ESP32C3_ROM_DATA_OFFSET 0x40000
#define ESP32C3_SRAM0_BASE      0x4037c000
#define ESP32C3_SRAM0_SIZE      0x4000
#define ESP32C3_SRAM1_DATA_BASE 0x3fc80000
#define ESP32C3_SRAM1_CODE_BASE 0x40380000
#define ESP32C3_SRAM1_SIZE      0x60000
#define ESP32C3_RTC_RAM_BASE    0x50000000
#define ESP32C3_RTC_RAM_SIZE    0x2000
#define ESP32C3_IROM_BASE       0x42000000
#define ESP32C3_DROM_BASE       0x3c000000

#define ESP32C3_N_TIMG 2

struct Esp32c3Soc {
    DeviceState parent_obj;

    Esp32c3Cpu cpu;
    Esp32c3IntMatrix intmatrix;
    Esp32c3Uart uart;
    Esp32c3SysTimer systimer;
    Esp32c3Timg timg[ESP32C3_N_TIMG];
    Esp32c3Rtc rtc;
    Esp32c3Efuse efuse;
    Esp32c3System system;
    Esp32c3Regs extmem, syscon;
    Esp32c3Unmodelled unmodelled;
    Esp32c3Flash flash;

    MemoryRegion rom, rom_data, sram0, sram1_data, sram1_code, rtc_ram;
};

#endif
