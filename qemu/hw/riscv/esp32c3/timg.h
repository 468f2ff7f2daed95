/*
 * ESP32-C3: timer group, one 54-bit timer and a watchdog.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_RISCV_ESP32C3_TIMG_H
#define HW_RISCV_ESP32C3_TIMG_H

#include "regs.h"
#include "rtc.h"
#include "wdt.h"

#define TYPE_ESP32C3_TIMG "esp32c3-timg"
OBJECT_DECLARE_SIMPLE_TYPE(Esp32c3Timg, ESP32C3_TIMG)

/* Interrupts: 0 the timer, 1 the watchdog. */
struct Esp32c3Timg {
    Esp32c3Regs parent_obj;

    Esp32c3Rtc *rtc;       /* carries out the resets */
    uint32_t group;        /* 0 or 1: which resets */
    qemu_irq timer_irq, wdt_irq;

    uint64_t base;         /* the counter at @start_ns */
    int64_t start_ns;
    QEMUTimer *alarm;

    Esp32c3Wdt wdt;
};

#endif
