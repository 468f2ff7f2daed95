// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file Registers of the interrupt matrix (ESP32-C3 technical reference, "Interrupt Matrix"). */

#include "soc/soc.h"

/** CPU line that source @p source goes to. */
#define INTERRUPT_CORE0_MAP_REG(source) (DR_REG_INTERRUPT_BASE + 4 * (source))
#define INTERRUPT_CORE0_CPU_INT_ENABLE_REG (DR_REG_INTERRUPT_BASE + 0x104)
#define INTERRUPT_CORE0_CPU_INT_TYPE_REG (DR_REG_INTERRUPT_BASE + 0x108)
#define INTERRUPT_CORE0_CPU_INT_CLEAR_REG (DR_REG_INTERRUPT_BASE + 0x10C)
#define INTERRUPT_CORE0_CPU_INT_EIP_STATUS_REG (DR_REG_INTERRUPT_BASE + 0x110)
/** Priority of line @p line, 1 to 15. */
#define INTERRUPT_CORE0_CPU_INT_PRI_REG(line) (DR_REG_INTERRUPT_BASE + 0x114 + 4 * (line))
#define INTERRUPT_CORE0_CPU_INT_THRESH_REG (DR_REG_INTERRUPT_BASE + 0x194)
