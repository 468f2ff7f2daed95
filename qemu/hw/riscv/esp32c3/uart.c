/*
 * ESP32-C3: UART.
 *
 * Bytes leave at once, not at the baud rate. What the guest sends goes through
 * the transmit FIFO into a bounded backlog that a bottom half hands to the
 * character device; when the console is slower than the guest the backlog
 * fills, then the FIFO, and the guest sees TXFIFO_CNT at 128 until there is
 * room: no byte is lost and nothing grows without bound. Towards the guest
 * the character device is asked for no more than the receive FIFO can take.
 *
 * The baud rate matters in one place: RXFIFO_TOUT comes when the line has
 * been idle for so many bit times with bytes in the FIFO.
 *
 * Sources: ESP-IDF, soc/esp32c3/include/soc/uart_reg.h and
 * hal/esp32c3/include/hal/uart_ll.h; ESP32-C3 Technical Reference Manual,
 * "UART Controller".
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "chardev/char-fe.h"
#include "hw/irq.h"
#include "hw/qdev-properties-system.h"
#include "qemu/log.h"
#include "qemu/main-loop.h"
#include "qemu/module.h"
#include "qemu/timer.h"
#include "sysemu/sysemu.h"
#include "esp_cpu.h"
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

#define STATUS_RESET     0xe000c000u /* TXD, RTSN, DTRN, RXD, CTSN high */
#define CONF0_TXFIFO_RST BIT(18)
#define CONF0_RXFIFO_RST BIT(17)
#define CONF1_TOUT_EN    BIT(21)
#define CLK_CONF_RST_CORE BIT(23)
#define ID_UPDATE        BIT(31)

/* The host is told at each line, at so many bytes, or after so long. */
#define FLUSH_BYTES      4096
#define FLUSH_NS         SCALE_MS
/* The host is asked for more bytes when half the FIFO is free, or then. */
#define ASK_NS           SCALE_MS

#define SCLK_APB         1
#define SCLK_RC_FAST     2

/* Interrupts */

static void uart_update_irq(Esp32c3Uart *s)
{
    Esp32c3Regs *r = &s->parent_obj;

    qemu_set_irq(s->irq, !!(esp32c3_regs_get(r, A_INT_RAW) &
                            esp32c3_regs_get(r, A_INT_ENA)));
}

static void uart_raise(Esp32c3Uart *s, uint32_t bits)
{
    Esp32c3Regs *r = &s->parent_obj;

    esp32c3_regs_set(r, A_INT_RAW, esp32c3_regs_get(r, A_INT_RAW) | bits);
    uart_update_irq(s);
}

/* The conditions that hold as long as a FIFO is beyond its threshold. */
static void uart_check_levels(Esp32c3Uart *s)
{
    uint32_t conf1 = esp32c3_regs_get(&s->parent_obj, A_CONF1);
    uint32_t full_threshold = MAX(extract32(conf1, 0, 9), 1);
    uint32_t empty_threshold = extract32(conf1, 9, 9);
    uint32_t bits = 0;

    if (fifo8_num_used(&s->rx) >= full_threshold) {
        bits |= INT_RXFIFO_FULL;
    }
    if (fifo8_num_used(&s->tx) < empty_threshold) {
        bits |= INT_TXFIFO_EMPTY;
    }
    uart_raise(s, bits);
}

/* Sending */

static void uart_flush(void *opaque);

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
    if (sent && fifo8_is_empty(&s->tx)) {
        uart_raise(s, INT_TX_DONE);
    }
    uart_check_levels(s);
}

static void uart_flush(void *opaque)
{
    Esp32c3Uart *s = opaque;

    timer_del(s->flush_soon);
    while (s->backlog_used && !s->watch) {
        uint32_t length = MIN(s->backlog_used,
                              ESP32C3_UART_BACKLOG - s->backlog_head);
        int taken = qemu_chr_fe_write(&s->chr, s->backlog + s->backlog_head,
                                      length);

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

static void uart_send(Esp32c3Uart *s, uint8_t byte)
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

/* Receiving */

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

static void uart_restart_idle(Esp32c3Uart *s)
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

static uint8_t uart_take(Esp32c3Uart *s)
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

/* Registers */

static uint32_t uart_read(Esp32c3Regs *r, hwaddr offset)
{
    Esp32c3Uart *s = ESP32C3_UART(r);

    switch (offset) {
    case A_FIFO:
        return uart_take(s);
    case A_INT_ST:
        return esp32c3_regs_get(r, A_INT_RAW) & esp32c3_regs_get(r, A_INT_ENA);
    case A_STATUS:
        return STATUS_RESET | fifo8_num_used(&s->tx) << 16 |
               fifo8_num_used(&s->rx);
    case A_FSM_STATUS:
        /* Transmitter state: 0 is idle, a count is being sent otherwise. */
        return fifo8_is_empty(&s->tx) ? 0 : 1 << 4;
    default:
        return esp32c3_regs_get(r, offset);
    }
}

static void uart_configure(Esp32c3Uart *s, uint32_t conf0)
{
    if (conf0 & CONF0_TXFIFO_RST) {
        fifo8_reset(&s->tx);
    }
    if (conf0 & CONF0_RXFIFO_RST) {
        fifo8_reset(&s->rx);
        timer_del(s->rx_idle);
        uart_ask_host(s);
    }
    esp32c3_regs_set(&s->parent_obj, A_CONF0, conf0);
    uart_check_levels(s);
}

static void uart_write(Esp32c3Regs *r, hwaddr offset, uint32_t value)
{
    Esp32c3Uart *s = ESP32C3_UART(r);

    switch (offset) {
    case A_FIFO:
        uart_send(s, value);
        return;
    case A_INT_RAW:
    case A_INT_ST:
    case A_STATUS:
    case A_MEM_TX_STATUS:
    case A_MEM_RX_STATUS:
    case A_FSM_STATUS:
        return;
    case A_INT_ENA:
        esp32c3_regs_set(r, offset, value & INT_ALL);
        uart_update_irq(s);
        return;
    case A_INT_CLR:
        esp32c3_regs_set(r, A_INT_RAW,
                         esp32c3_regs_get(r, A_INT_RAW) & ~value);
        uart_check_levels(s);
        return;
    case A_CONF0:
        uart_configure(s, value);
        return;
    case A_CONF1:
        esp32c3_regs_set(r, offset, value);
        uart_restart_idle(s);
        uart_check_levels(s);
        return;
    case A_ID:
        esp32c3_regs_set(r, offset, value & ~ID_UPDATE);
        return;
    default:
        esp32c3_regs_set(r, offset, value);
        return;
    }
}

/* Life */

static void uart_reset(DeviceState *dev)
{
    Esp32c3Uart *s = ESP32C3_UART(dev);

    /* What was sent before the reset is on its way: the backlog stays. */
    esp32c3_regs_reset(&s->parent_obj);
    fifo8_reset(&s->tx);
    fifo8_reset(&s->rx);
    timer_del(s->rx_idle);
    uart_check_levels(s);
    uart_ask_host(s);
}

static void uart_exit(Notifier *notifier, void *data)
{
    uart_flush(container_of(notifier, Esp32c3Uart, exit));
}

static void uart_realize(DeviceState *dev, Error **errp)
{
    Esp32c3Uart *s = ESP32C3_UART(dev);

    qemu_chr_fe_set_handlers(&s->chr, uart_can_receive, uart_receive,
                             uart_event, NULL, s, NULL, true);
    s->exit.notify = uart_exit;
    qemu_add_exit_notifier(&s->exit);
}

static void uart_init(Object *obj)
{
    Esp32c3Uart *s = ESP32C3_UART(obj);

    fifo8_create(&s->tx, ESP32C3_UART_FIFO_SIZE);
    fifo8_create(&s->rx, ESP32C3_UART_FIFO_SIZE);
    s->backlog = g_malloc(ESP32C3_UART_BACKLOG);
    s->flush = qemu_bh_new(uart_flush, s);
    s->flush_soon = timer_new_ns(QEMU_CLOCK_REALTIME, uart_flush, s);
    s->ask_soon = timer_new_ns(QEMU_CLOCK_REALTIME, uart_ask_host, s);
    s->rx_idle = timer_new_ns(QEMU_CLOCK_VIRTUAL, uart_rx_idle, s);
    sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->irq);
}

static void uart_finalize(Object *obj)
{
    Esp32c3Uart *s = ESP32C3_UART(obj);

    timer_free(s->rx_idle);
    timer_free(s->ask_soon);
    timer_free(s->flush_soon);
    qemu_bh_delete(s->flush);
    g_free(s->backlog);
    fifo8_destroy(&s->rx);
    fifo8_destroy(&s->tx);
}

static Property uart_properties[] = {
    DEFINE_PROP_CHR("chardev", Esp32c3Uart, chr),
    DEFINE_PROP_END_OF_LIST(),
};

static const Esp32c3ResetValue uart_reset_values[] = {
    { A_INT_RAW, 0x00000002 },
    { A_CLKDIV, 0x000002b6 },
    { 0x18, 0x00000008 }, /* RX_FILT */
    { A_CONF0, 0x1000001c },
    { A_CONF1, 0x0000c060 },
    { 0x28, 0x00000fff }, /* LOWPULSE */
    { 0x2c, 0x00000fff }, /* HIGHPULSE */
    { 0x38, 0x000000f0 }, /* SLEEP_CONF */
    { 0x3c, 0x000026e0 }, /* SWFC_CONF0 */
    { 0x40, 0x00002200 }, /* SWFC_CONF1 */
    { 0x44, 0x0000000a }, /* TXBRK_CONF */
    { 0x48, 0x00040100 }, /* IDLE_CONF */
    { 0x50, 0x00000901 }, /* AT_CMD_PRECNT */
    { 0x54, 0x00000901 }, /* AT_CMD_POSTCNT */
    { 0x58, 0x0000000b }, /* AT_CMD_GAPTOUT */
    { 0x5c, 0x0000032b }, /* AT_CMD_CHAR */
    { A_MEM_CONF, 0x000a0012 },
    { A_MEM_RX_STATUS, 0x00080100 },
    { 0x70, 0x00000fff }, /* POSPULSE */
    { 0x74, 0x00000fff }, /* NEGPULSE */
    { A_CLK_CONF, 0x03701000 },
    { 0x7c, 0x02008270 }, /* DATE */
    { A_ID, 0x40000500 },
};

static void uart_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    Esp32c3RegsClass *rc = ESP32C3_REGS_CLASS(klass);

    dc->realize = uart_realize;
    dc->reset = uart_reset;
    device_class_set_props(dc, uart_properties);
    rc->size = 0x1000;
    rc->reset_values = uart_reset_values;
    rc->n_reset_values = ARRAY_SIZE(uart_reset_values);
    rc->read = uart_read;
    rc->write = uart_write;
}

static const TypeInfo uart_types[] = {
    {
        .name = TYPE_ESP32C3_UART,
        .parent = TYPE_ESP32C3_REGS,
        .instance_size = sizeof(Esp32c3Uart),
        .instance_init = uart_init,
        .instance_finalize = uart_finalize,
        .class_init = uart_class_init,
    },
};

DEFINE_TYPES(uart_types)
