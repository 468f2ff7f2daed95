/*
 * ESP32-C3: UART, sending.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/log.h"
#include "qemu/main-loop.h"
#include "qemu/timer.h"
#include "sysemu/cpu-timers.h"
#include "uart_internal.h"

/* The host is told at each line, at so many bytes, or after so long. */
#define FLUSH_BYTES      4096
#define FLUSH_NS         SCALE_MS

static gboolean uart_writable(void *do_not_use, GIOCondition cond,
                              void *opaque)
{
    Esp32c3Uart *s = opaque;

    s->watch = 0;
    uart_flush(s);
    return G_SOURCE_REMOVE;
}

/* Move what fits from the FIFO to the backlog; the rest waits. */
static void uart_drain_fifo(Esp32c3Uart *s)
{
    bool sent = false, line = false;

    while (!fifo8_is_empty(&s->tx) &&
           s->backlog_used < ESP32C3_UART_BACKLOG) {
        uint32_t tail = s->backlog_head + s->backlog_used++;
        uint8_t byte = fifo8_pop(&s->tx);

        s->backlog[tail % ESP32C3_UART_BACKLOG] = byte;
        line |= byte == '\n';
        sent = true;
    }
    if (s->watch || !s->backlog_used) {
        /* The watch, or nothing, comes next. */
    } else if (line || s->backlog_used >= FLUSH_BYTES) {
        qemu_bh_schedule(s->flush);
    } else if (!timer_pending(s->flush_soon)) {
        timer_mod(s->flush_soon, qemu_clock_get_ns(QEMU_CLOCK_REALTIME) +
                  FLUSH_NS);
    }
    if (sent) {
        icount_note_io();
    }
    if (sent && fifo8_is_empty(&s->tx)) {
        uart_raise(s, INT_TX_DONE);
    }
    uart_check_levels(s);
}

void uart_flush(void *opaque)
{
    Esp32c3Uart *s = opaque;

    timer_del(s->flush_soon);
    while (s->backlog_used && !s->watch) {
        uint32_t length = MIN(s->backlog_used,
                              ESP32C3_UART_BACKLOG - s->backlog_head);
        int taken = qemu_chr_fe_write(&s->chr, s->backlog + s->backlog_head,
                                      length);

        icount_note_io();
        if (taken < (int)length) {
            s->watch = qemu_chr_fe_add_watch(&s->chr, G_IO_OUT | G_IO_HUP,
                                             uart_writable, s);
            /* Without a watch nobody is there: the bytes go nowhere. */
            taken = s->watch ? MAX(taken, 0) : length;
        }
        s->backlog_head = (s->backlog_head + taken) % ESP32C3_UART_BACKLOG;
        s->backlog_used -= taken;
    }
    uart_drain_fifo(s);
}

void uart_send(Esp32c3Uart *s, uint8_t byte)
{
    if (fifo8_is_full(&s->tx)) {
        qemu_log_mask(LOG_GUEST_ERROR,
                      "esp32c3-uart: byte 0x%02x written to a full FIFO\n",
                      byte);
        return;
    }
    fifo8_push(&s->tx, byte);
    uart_drain_fifo(s);
}

void uart_tx_init(Esp32c3Uart *s)
{
    fifo8_create(&s->tx, ESP32C3_UART_FIFO_SIZE);
    s->backlog = g_malloc(ESP32C3_UART_BACKLOG);
    s->flush = qemu_bh_new_guarded(uart_flush, s,
                                   &DEVICE(s)->mem_reentrancy_guard);
    s->flush_soon = timer_new_ns(QEMU_CLOCK_REALTIME, uart_flush, s);
}

void uart_tx_finalize(Esp32c3Uart *s)
{
    timer_free(s->flush_soon);
    qemu_bh_delete(s->flush);
    g_free(s->backlog);
    fifo8_destroy(&s->tx);
}
