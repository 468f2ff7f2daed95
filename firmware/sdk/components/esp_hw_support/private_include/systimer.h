// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * The system timer: one 52-bit counter at 16 MHz that never stops, and alarms at counter values (ESP32-C3 technical
 * reference, "System Timer"). Alarm 0 is the kernel's tick, alarm 2 esp_timer's.
 */

#include <stdint.h>

/** Counts in a microsecond and in a tick. */
#define SYSTIMER_PER_US 16
#define SYSTIMER_PER_TICK 160000
/** An alarm may come this many counts before its time: comparing machines round. */
#define SYSTIMER_EARLY 32

/** Starts the counter, if the ROM has not. */
void systimer_init(void);
/** Present count. Callable anywhere. */
uint64_t systimer_count(void);
/** Has alarm @p n (0 to 2) interrupt at @p count; at once when that has passed. */
void systimer_set_alarm(int n, uint64_t count);
/** Acknowledges alarm @p n. */
void systimer_clear(int n);
/** Lets alarm @p n interrupt. */
void systimer_enable_alarm(int n);
