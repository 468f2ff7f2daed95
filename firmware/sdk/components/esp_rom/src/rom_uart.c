// SPDX-License-Identifier: Apache-2.0

/** @file UART0 by polling. */

#include "esp_rom_uart.h"

#include "soc/uart_reg.h"

static unsigned tx_used(void)
{
    return REG_READ(UART_STATUS_REG(0)) >> UART_TXFIFO_CNT_S & UART_TXFIFO_CNT;
}

int esp_rom_uart_tx_one_char(uint8_t c)
{
    while (tx_used() >= 126) {
    }
    REG_WRITE(UART_FIFO_REG(0), c);
    return 0;
}

void esp_rom_uart_putc(char c)
{
    if (c == '\n') {
        esp_rom_uart_tx_one_char('\r');
    }
    esp_rom_uart_tx_one_char((uint8_t)c);
}

int esp_rom_uart_rx_one_char(uint8_t *c)
{
    if ((REG_READ(UART_STATUS_REG(0)) & UART_RXFIFO_CNT) == 0) {
        return 1;
    }
    *c = (uint8_t)REG_READ(UART_FIFO_REG(0));
    return 0;
}

void esp_rom_uart_tx_wait_idle(uint8_t uart_no)
{
    (void)uart_no;
    while (tx_used() > 0) {
    }
}

void esp_rom_uart_flush_tx(uint8_t uart_no)
{
    esp_rom_uart_tx_wait_idle(uart_no);
}

void esp_rom_uart_set_as_console(uint8_t uart_no)
{
    (void)uart_no;
}

void esp_rom_uart_switch_buffer(uint8_t uart_no)
{
    (void)uart_no;
}
