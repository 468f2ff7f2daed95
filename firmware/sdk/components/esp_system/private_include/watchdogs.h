// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file The hardware watchdogs, and the hooks by which the kernel keeps both kinds fed. */

#include <stdint.h>

/** Switches off what the ROM left running (RTC watchdog, super watchdog, flash-boot watchdogs). */
void watchdogs_quiet(void);
/** Starts the interrupt watchdog. */
void int_wdt_start(void);
/** Stops it: for sleeps, and for the panic handler. */
void int_wdt_stop(void);
void int_wdt_feed(void);
/** Has timer group 0's watchdog reset the chip in @p ms unless called again: guards the panic handler. */
void panic_wdt_start(uint32_t ms);

/** Starts the task watchdog as configured; the idle task exists. */
void task_wdt_start(void);
/** At each tick: fires when it is time. */
void task_wdt_tick(void);
/** Idle runs or sleeps. */
void task_wdt_idle(void);
/** Tick by which somebody else than idle must have reported; UINT64_MAX if nobody must. */
uint64_t task_wdt_deadline(void);
/** @p ticks passed in which nobody could run: everybody gets that much longer. */
void task_wdt_excuse(uint64_t ticks);
