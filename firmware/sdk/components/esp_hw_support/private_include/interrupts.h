// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file The CPU's interrupt controller, as the SDK's own parts use it. Lines 1 to 31; 0 is not usable. */

#include <stdbool.h>
#include <stdint.h>

#include "esp_intr_alloc.h"
#include "riscv/rvruntime-frames.h"

/** Line of the interrupt watchdog, as in ESP-IDF: the panic handler knows it by its number. */
#define INTERRUPT_LINE_WATCHDOG 24

/** All lines off, every priority let through. */
void interrupt_init(void);
/** Interrupts below priority @p threshold wait. Masked. */
void interrupt_set_threshold(uint32_t threshold);
/** Routes @p source to @p line with @p priority, for handlers that esp_intr_alloc() does not manage. */
void interrupt_attach(int source, int line, int priority, intr_handler_t handler, void *arg);
/**
 * Whether this machine may lose an interrupt that comes while software switches interrupts on or off: Espressif's does.
 * The line then stays high and is never offered again, unless interrupt_refresh() asks.
 */
bool interrupt_may_get_lost(void);
/** Has lines that are high offered again, on a machine that loses them; called at each tick. */
void interrupt_refresh(void);
/** Registers of what the present handler interrupted. */
extern RvExcFrame *interrupt_frame;
