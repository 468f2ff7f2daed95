/*
 * ESP32-C3 direct-boot ROM: the registers it touches.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef ROM_REGS_H
#define ROM_REGS_H

#include <stdint.h>

/* volatile: a register of a device, or flash. */
#define WORD(address) (*(volatile uint32_t *)(address))

#define UART_FIFO     WORD(0x60000000)
#define UART_CLKDIV   WORD(0x60000014)
#define UART_STATUS   WORD(0x6000001c)
#define UART_CLK_CONF WORD(0x60000078)
#define RESET_STATE   WORD(0x60008038)
#define FLASH(index)  WORD(0x42000000 + 4 * (index))

/* Called from the reset vector; returns when there is a program to start. */
void rom_main(void);

/* Called for a trap that the program did not handle. */
_Noreturn void rom_trap(uint32_t cause, uint32_t pc, uint32_t value);

/* Stop for good. */
_Noreturn void halt(void);

#endif
