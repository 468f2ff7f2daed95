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
#include "hw/irq.h"
#include "hw/qdev-properties-system.h"
#include "qemu/module.h"
#include "sysemu/sysemu.h"
#include "uart_internal.h"

#define STATUS_RESET     0xe000c000u /* TXD, RTSN, DTRN, RXD, CTSN high */
#define CONF0_TXFIFO_RST BIT(18)
#define CONF0_RXFIFO_RST BIT(17)
#define ID_UPDATE        BIT(31)

/* Interrupts */

static void uart_update_irq(Esp32c3Uart *s)
{
    Esp32c3Regs *r = &s->parent_obj;

    qemu_set_irq(s->irq, !!(esp32c3_regs_get(r, A_INT_RAW) &
                            esp32c3_regs_get(r, A_INT_ENA)));
}

void uart_raise(Esp32c3Uart *s, uint32_t bits)
{
    Esp32c3Regs *r = &s->parent_obj;

    esp32c3_regs_set(r, A_INT_RAW, esp32c3_regs_get(r, A_INT_RAW) | bits);
    uart_update_irq(s);
}

/* The conditions that hold as long as a FIFO is beyond its threshold. */
void uart_check_levels(Esp32c3Uart *s)
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
        uart_rx_reset(s);
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
    uart_rx_reset(s);
    uart_check_levels(s);
}

static void uart_exit(Notifier *notifier, void *data)
{
    uart_flush(container_of(notifier, Esp32c3Uart, exit));
}

static void uart_realize(DeviceState *dev, Error **errp)
{
    Esp32c3Uart *s = ESP32C3_UART(dev);

    uart_rx_connect(s);
    s->exit.notify = uart_exit;
    qemu_add_exit_notifier(&s->exit);
}

static void uart_init(Object *obj)
{
    Esp32c3Uart *s = ESP32C3_UART(obj);

    uart_tx_init(s);
    uart_rx_init(s);
    sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->irq);
}

static void uart_finalize(Object *obj)
{
    Esp32c3Uart *s = ESP32C3_UART(obj);

    uart_rx_finalize(s);
    uart_tx_finalize(s);
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
