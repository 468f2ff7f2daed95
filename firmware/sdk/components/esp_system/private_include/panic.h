// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file The panic handler, in the words of ESP-IDF's, which tools and people know. */

#include <stdbool.h>
#include <stdint.h>

#include "riscv/rvruntime-frames.h"

/** An exception: prints why and where, resets. Called by the trap entry on a stack of its own. */
void panic_from_exception(RvExcFrame *frame) __attribute__((noreturn));
/** The interrupt watchdog fired while @p frame ran. */
void panic_from_watchdog(RvExcFrame *frame) __attribute__((noreturn));
/** The task watchdog is set to panic: @p frame is the task that ran. */
void panic_from_task_watchdog(RvExcFrame *frame) __attribute__((noreturn));
/** Fills in what the trap entry saves for exceptions only. */
void panic_complete_frame(RvExcFrame *frame);
/** Prints "Core  0 register dump:" and the registers, as ESP-IDF lays them out; no line end behind them. */
void panic_print_registers(const RvExcFrame *frame);
/** Prints 1 KiB of memory from @p sp. */
void panic_print_stack(uint32_t sp);
