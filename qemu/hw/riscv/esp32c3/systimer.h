/*
 * ESP32-C3: system timer.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_RISCV_ESP32C3_SYSTIMER_H
#define HW_RISCV_ESP32C3_SYSTIMER_H

#include "regs.h"

#define TYPE_ESP32C3_SYSTIMER "esp32c3-systimer"
OBJECT_DECLARE_SIMPLE_TYPE(Esp32c3SysTimer, ESP32C3_SYSTIMER)

#define ESP32C3_SYSTIMER_UNITS 2
#define ESP32C3_SYSTIMER_ALARMS 3

/* A counter: @base at time @start_ns, since then counting when @running. */
typedef struct Esp32c3SysTimerUnit {
    uint64_t base;
    int64_t start_ns;
    bool running;
} Esp32c3SysTimerUnit;

/* An alarm: fires when its counter reaches @match, while @armed. */
typedef struct Esp32c3SysTimerAlarm {
    struct Esp32c3SysTimer *owner;
    QEMUTimer *timer;
    qemu_irq irq;
    uint64_t match;
    bool armed;
} Esp32c3SysTimerAlarm;

/* Interrupts: one for each alarm, in order. */
struct Esp32c3SysTimer {
    Esp32c3Regs parent_obj;

    Esp32c3SysTimerUnit unit[ESP32C3_SYSTIMER_UNITS];
    Esp32c3SysTimerAlarm alarm[ESP32C3_SYSTIMER_ALARMS];
};

#endif
