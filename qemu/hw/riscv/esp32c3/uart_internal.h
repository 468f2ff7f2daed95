/*
 * ESP32-C3: UART, what its parts share.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_RISCV_ESP32C3_UART_INTERNAL_H
#define HW_RISCV_ESP32C3_UART_INTERNAL_H

#include "uart.h"

#define A_FIFO          0x00
#define A_INT_RAW       0x04
#define A_INT_ST        0x08
#define A_INT_ENA       0x0c
#define A_INT_CLR       0x10
#define A_CLKDIV        0x14
#define A_STATUS        0x1c
#define A_CONF0         0x20
#define A_CONF1         0x24
#define A_MEM_CONF      0x60
#define A_MEM_TX_STATUS 0x64
#define A_MEM_RX_STATUS 0x68
#define A_FSM_STATUS    0x6c
#define A_CLK_CONF      0x78
#define A_ID            0x80

#define INT_RXFIFO_FULL  BIT(0)
#define INT_TXFIFO_EMPTY BIT(1)
#define INT_RXFIFO_OVF   BIT(4)
#define INT_BRK_DET      BIT(7)
#define INT_RXFIFO_TOUT  BIT(8)
#define INT_TX_DONE      BIT(14)
#define INT_ALL          0x000fffffu
#define CONF1_TOUT_EN    BIT(21)

/* Raise interrupts, and those whose condition holds as things are. */
void uart_raise(Esp32c3Uart *s, uint32_t bits);
void uart_check_levels(Esp32c3Uart *s);

/* Sending (uart_tx.c) */
void uart_tx_init(Esp32c3Uart *s);
void uart_tx_finalize(Esp32c3Uart *s);

/* Send a byte; without room in the FIFO it is lost, as on the chip. */
void uart_send(Esp32c3Uart *s, uint8_t byte);

/* Hand the host what it takes now. */
void uart_flush(void *opaque);

/* Receiving (uart_rx.c) */
void uart_rx_init(Esp32c3Uart *s);
void uart_rx_finalize(Esp32c3Uart *s);
void uart_rx_connect(Esp32c3Uart *s);

/* Empty the FIFO. */
void uart_rx_reset(Esp32c3Uart *s);

/* The next byte for the guest, 0 when there is none. */
uint8_t uart_take(Esp32c3Uart *s);

/* Start the timeout for an idle line again. */
void uart_restart_idle(Esp32c3Uart *s);

#endif
