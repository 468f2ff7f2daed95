/*
 * ESP32-C3: UART, receiving.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/timer.h"
#include "sysemu/cpu-timers.h"
#include "esp_cpu.h"
#include "uart_internal.h"

/* The host is asked for more bytes when half the FIFO is free, or then. */
#define ASK_NS           SCALE_MS


/* Values of CLK_CONF.SCLK_SEL; any other is the crystal. */
#define SCLK_APB         1
#define SCLK_RC_FAST     2

static uint32_t uart_clock(Esp32c3Uart *s)
{
    uint32_t conf = esp32c3_regs_get(&s->parent_obj, A_CLK_CONF);
    uint32_t divider = extract32(conf, 12, 8) + 1;

    switch (extract32(conf, 20, 2)) {
    case SCLK_APB:
        return 80000000 / divider;
    case SCLK_RC_FAST:
        return 17500000 / divider;
    default:
        return 40000000 / divider;
    }
}

static int64_t uart_bit_ns(Esp32c3Uart *s)
{
    uint32_t clkdiv = esp32c3_regs_get(&s->parent_obj, A_CLKDIV);
    uint32_t sixteenths = extract32(clkdiv, 0, 12) * 16 +
                          extract32(clkdiv, 20, 4);

    return muldiv64(MAX(sixteenths, 16), NANOSECONDS_PER_SECOND / 16,
                    uart_clock(s));
}

void uart_restart_idle(Esp32c3Uart *s)
{
    Esp32c3Regs *r = &s->parent_obj;
    uint32_t bits = extract32(esp32c3_regs_get(r, A_MEM_CONF), 16, 10);

    if (!(esp32c3_regs_get(r, A_CONF1) & CONF1_TOUT_EN) ||
        fifo8_is_empty(&s->rx)) {
        timer_del(s->rx_idle);
        return;
    }
    timer_mod(s->rx_idle, qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) +
              bits * uart_bit_ns(s));
}

static void uart_rx_idle(void *opaque)
{
    Esp32c3Uart *s = opaque;

    if (!fifo8_is_empty(&s->rx)) {
        uart_raise(s, INT_RXFIFO_TOUT);
    }
}

/* On the vCPU's thread, where the guest's time is known exactly. */
static void uart_received(CPUState *cs, run_on_cpu_data data)
{
    uart_restart_idle(data.host_ptr);
}

static int uart_can_receive(void *opaque)
{
    Esp32c3Uart *s = opaque;

    s->refused = fifo8_is_full(&s->rx);
    return fifo8_num_free(&s->rx);
}

static void uart_ask_host(void *opaque)
{
    Esp32c3Uart *s = opaque;

    timer_del(s->ask_soon);
    s->refused = false;
    qemu_chr_fe_accept_input(&s->chr);
}

/* There is room: ask for more when it is worth it, but not much later. */
static void uart_made_room(Esp32c3Uart *s)
{
    if (!s->refused) {
        return;
    }
    if (fifo8_num_free(&s->rx) >= ESP32C3_UART_FIFO_SIZE / 2) {
        uart_ask_host(s);
    } else if (!timer_pending(s->ask_soon)) {
        timer_mod(s->ask_soon, qemu_clock_get_ns(QEMU_CLOCK_REALTIME) +
                  ASK_NS);
    }
}

static void uart_receive(void *opaque, const uint8_t *bytes, int length)
{
    Esp32c3Uart *s = opaque;

    icount_note_io();
    esp32c3_sync_clock();
    fifo8_push_all(&s->rx, bytes, MIN(length, fifo8_num_free(&s->rx)));
    uart_check_levels(s);
    async_run_on_cpu(first_cpu, uart_received, RUN_ON_CPU_HOST_PTR(s));
}

static void uart_event(void *opaque, QEMUChrEvent event)
{
    if (event == CHR_EVENT_BREAK) {
        uart_raise(opaque, INT_BRK_DET);
    }
}

uint8_t uart_take(Esp32c3Uart *s)
{
    uint8_t byte;

    if (fifo8_is_empty(&s->rx)) {
        return 0;
    }
    byte = fifo8_pop(&s->rx);
    if (fifo8_is_empty(&s->rx)) {
        timer_del(s->rx_idle);
    }
    uart_made_room(s);
    return byte;
}

void uart_rx_reset(Esp32c3Uart *s)
{
    fifo8_reset(&s->rx);
    timer_del(s->rx_idle);
    uart_ask_host(s);
}

void uart_rx_init(Esp32c3Uart *s)
{
    fifo8_create(&s->rx, ESP32C3_UART_FIFO_SIZE);
    s->ask_soon = timer_new_ns(QEMU_CLOCK_REALTIME, uart_ask_host, s);
    s->rx_idle = timer_new_ns(QEMU_CLOCK_VIRTUAL, uart_rx_idle, s);
}

void uart_rx_finalize(Esp32c3Uart *s)
{
    timer_free(s->rx_idle);
    timer_free(s->ask_soon);
    fifo8_destroy(&s->rx);
}

void uart_rx_connect(Esp32c3Uart *s)
{
    qemu_chr_fe_set_handlers(&s->chr, uart_can_receive, uart_receive,
                             uart_event, NULL, s, NULL, true);
}
