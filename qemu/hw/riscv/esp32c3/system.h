/*
 * ESP32-C3: system registers.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_RISCV_ESP32C3_SYSTEM_H
#define HW_RISCV_ESP32C3_SYSTEM_H

#include "esp_cpu.h"
#include "regs.h"

#define TYPE_ESP32C3_SYSTEM "esp32c3-system"
OBJECT_DECLARE_SIMPLE_TYPE(Esp32c3System, ESP32C3_SYSTEM)

#define ESP32C3_SOFTWARE_INTERRUPTS 4

/* Interrupts: FROM_CPU_INTR0 to 3. */
struct Esp32c3System {
    Esp32c3Regs parent_obj;

    Esp32c3Cpu *cpu;
    qemu_irq from_cpu[ESP32C3_SOFTWARE_INTERRUPTS];

    /* Peripherals that PERIP_RST_EN0 resets, by link. */
    DeviceState *uart0, *timg0, *timg1, *systimer;
};

#endif
