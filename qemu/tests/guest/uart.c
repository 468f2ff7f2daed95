/*
 * Guest's side of the console tests. -DTEST chooses one:
 *
 *   FLOOD    sends BYTES bytes of a pattern as fast as it can
 *   ECHO     sends back what it gets, by interrupt
 *   LEVELS   reports counts, thresholds and the receive timeout
 *   SINK     reads BYTES bytes, says nothing, then their sum
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "guest.h"

#define FLOOD  1
#define ECHO   2
#define LEVELS 3
#define SINK   4

#define INT_RAW REG(UART + 0x04)
#define INT_ST  REG(UART + 0x08)
#define INT_ENA REG(UART + 0x0c)
#define INT_CLR REG(UART + 0x10)
#define STATUS  REG(UART + 0x1c)
#define CONF0   REG(UART + 0x20)
#define CONF1   REG(UART + 0x24)

#define RX_FULL  (1u << 0)
#define TX_EMPTY (1u << 1)
#define RX_TOUT  (1u << 8)
#define TX_DONE  (1u << 14)
#define TOUT_ON  (1u << 21)

#define rx_count() (STATUS & 0x3ff)

#if TEST == FLOOD

int main(void)
{
    uint32_t i;

    put("flood\n");
    for (i = 0; i < BYTES; i++) {
        put_char((char)(i * 7 + (i >> 8)));
    }
    for (;;) {
        wait_for_interrupt();
    }
}

#elif TEST == SINK

int main(void)
{
    uint32_t i, sum = 0;

    put("sink\n");
    for (i = 0; i < BYTES; i++) {
        while (!rx_count()) {
            continue;
        }
        sum = sum * 31 + REG(UART);
    }
    put_hex(sum);
    put("\n");
    for (;;) {
        wait_for_interrupt();
    }
}

#elif TEST == ECHO

static void on_uart(unsigned line)
{
    (void)line;
    while (rx_count()) {
        put_char((char)REG(UART));
    }
    INT_CLR = RX_FULL | RX_TOUT;
}

int main(void)
{
    put("echo\n");
    handler[8] = on_uart;
    route(SOURCE_UART0, 8, 1);
    CONF1 = TOUT_ON | 10 << 9 | 120;
    INT_ENA = RX_FULL | RX_TOUT;
    interrupts_on();
    for (;;) {
        wait_for_interrupt();
    }
}

#else

/* volatile: changed by the interrupt handler */
static volatile uint32_t status_when_taken, count_when_taken;

static void on_uart(unsigned line)
{
    (void)line;
    status_when_taken = INT_ST;
    count_when_taken = rx_count();
    INT_ENA = 0;
}

static void drain(void)
{
    while (rx_count()) {
        (void)REG(UART);
    }
    INT_CLR = ~0u;
}

static void ask_host(const char *what)
{
    put(what);
    put("\n");
}

int main(void)
{
    uint64_t start;
    uint32_t raw;
    int i;

    spin_us(1000);
    expect(STATUS >> 16 & 0x3ff, 0, "nothing to send");
    check(INT_RAW & TX_EMPTY, "TXFIFO_EMPTY");
    check(INT_RAW & TX_DONE, "TX_DONE");
    INT_CLR = TX_EMPTY | TX_DONE;
    raw = INT_RAW;
    check(raw & TX_EMPTY, "TXFIFO_EMPTY holds while it is so");
    check(!(raw & TX_DONE), "TX_DONE is cleared");

    handler[8] = on_uart;
    route(SOURCE_UART0, 8, 1);
    interrupts_on();
    INT_ENA = TX_EMPTY;
    expect(taken[8], 1, "TXFIFO_EMPTY interrupts");

    /* Five bytes, threshold five, no timeout. */
    CONF1 = 10 << 9 | 5;
    INT_ENA = RX_FULL;
    ask_host("send 5");
    while (taken[8] < 2) {
        wait_for_interrupt();
    }
    expect(status_when_taken, RX_FULL, "RXFIFO_FULL interrupts");
    expect(count_when_taken, 5, "at the threshold");
    expect(REG(UART), '0', "the first byte");
    expect(rx_count(), 4, "four are left");
    drain();
    expect(REG(UART), 0, "an empty FIFO reads as 0");
    check(!(INT_RAW & RX_FULL), "RXFIFO_FULL is cleared");

    /* Three bytes, threshold 120, timeout of 10 bit times at 115200. */
    CONF1 = TOUT_ON | 10 << 9 | 120;
    INT_ENA = RX_FULL | RX_TOUT;
    ask_host("send 3");
    while (!rx_count()) {
        continue;
    }
    start = ticks();
    while (taken[8] < 3) {
        continue;
    }
    expect(status_when_taken, RX_TOUT, "RXFIFO_TOUT interrupts");
    expect(count_when_taken, 3, "with three bytes");
    expect_between(ticks() - start, 1200, 3000, "after 10 bit times");
    drain();

    /* More than the FIFO takes: the rest waits outside. */
    CONF1 = 10 << 9 | 120;
    ask_host("send 300");
    while (rx_count() < 128) {
        continue;
    }
    spin_us(10000);
    expect(rx_count(), 128, "the FIFO is full");
    expect(INT_RAW & 1u << 4, 0, "and has not overflowed");
    for (i = 0; i < 300; i++) {
        while (!rx_count()) {
            continue;
        }
        if (REG(UART) != (uint32_t)('0' + i % 10)) {
            break;
        }
    }
    expect(i, 300, "all bytes arrive");
    CONF0 |= 1u << 17;
    CONF0 &= ~(1u << 17);
    expect(rx_count(), 0, "RXFIFO_RST");
    done();
}

#endif
