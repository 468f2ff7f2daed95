/*
 * ESP32-C3: UART.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_RISCV_ESP32C3_UART_H
#define HW_RISCV_ESP32C3_UART_H

#include "chardev/char-fe.h"
#include "qemu/fifo8.h"
#include "regs.h"

#define TYPE_ESP32C3_UART "esp32c3-uart"
OBJECT_DECLARE_SIMPLE_TYPE(Esp32c3Uart, ESP32C3_UART)

#define ESP32C3_UART_FIFO_SIZE 128

/* Bytes the host side keeps while the console is slow. */
#define ESP32C3_UART_BACKLOG 65536

struct Esp32c3Uart {
    Esp32c3Regs parent_obj;

    CharBackend chr;
    qemu_irq irq;
    Fifo8 tx, rx;
    uint8_t *backlog;     /* ring: sent by the guest, not yet taken */
    uint32_t backlog_head, backlog_used;
    QEMUBH *flush;        /* hands the backlog to the host, now */
    QEMUTimer *flush_soon; /* or when more has come together */
    guint watch;          /* waits for a slow console, 0 when there is none */
    bool refused;         /* the host has more than the FIFO could take */
    QEMUTimer *ask_soon;  /* asks the host again */
    QEMUTimer *rx_idle;   /* receive line idle: RXFIFO_TOUT */
    Notifier exit;
};

#endif
