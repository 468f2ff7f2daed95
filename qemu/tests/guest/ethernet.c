/*
 * Guest's side of the Ethernet tests: sends one frame, then sends back each
 * frame it gets with the addresses swapped. A frame of type 0x0bad makes it
 * stop looking at its buffers until it has seen BUSY.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "guest.h"

#define MODER      REG(ETH + 0x00)
#define INT_SOURCE REG(ETH + 0x04)
#define INT_MASK   REG(ETH + 0x08)
#define TX_BD_NUM  REG(ETH + 0x20)
#define MAC0       REG(ETH + 0x40)
#define MAC1       REG(ETH + 0x44)
#define DESC(n)    REG(ETH + 0x400 + 8 * (n))
#define POINTER(n) REG(ETH + 0x404 + 8 * (n))

#define INT_RX   (1u << 2)
#define INT_BUSY (1u << 4)
#define TX_READY (1u << 15)
#define RX_EMPTY (1u << 15)
#define IRQ      (1u << 14)
#define WRAP     (1u << 13)

#define N_RX 4

static uint8_t tx_buffer[1600] __attribute__((aligned(4)));
static uint8_t rx_buffer[N_RX][1600] __attribute__((aligned(4)));
static unsigned next_rx;
/* volatile: changed by the interrupt handler */
static volatile bool deaf, busy;

static void send(unsigned length)
{
    POINTER(0) = (uint32_t)tx_buffer;
    DESC(0) = length << 16 | TX_READY | WRAP;
    while (DESC(0) & TX_READY) {
        continue;
    }
}

static void give_buffer(unsigned i)
{
    POINTER(1 + i) = (uint32_t)rx_buffer[i];
    DESC(1 + i) = RX_EMPTY | IRQ | (i == N_RX - 1 ? WRAP : 0);
}

static void copy_swapped(const uint8_t *frame, unsigned length)
{
    unsigned i;

    for (i = 0; i < length; i++) {
        tx_buffer[i] = frame[i < 12 ? (i + 6) % 12 : i];
    }
}

static void on_ethernet(unsigned line)
{
    uint32_t source = INT_SOURCE;

    (void)line;
    INT_SOURCE = source;
    if (source & INT_BUSY) {
        busy = true;
    }
    while (!deaf && !(DESC(1 + next_rx) & RX_EMPTY)) {
        const uint8_t *frame = rx_buffer[next_rx];
        unsigned length = (DESC(1 + next_rx) >> 16) - 4; /* no FCS */

        deaf = frame[12] == 0x0b && frame[13] == 0xad;
        copy_swapped(frame, length);
        /* The buffer goes back first: the host may answer our frame. */
        give_buffer(next_rx);
        next_rx = (next_rx + 1) % N_RX;
        if (deaf) {
            put("deaf\n");
        } else {
            send(length);
        }
    }
}

int main(void)
{
    static const uint8_t hello[60] = {
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0xc3, 0, 1, 0x88, 0xb5,
        'h', 'e', 'l', 'l', 'o',
    };
    unsigned i;

    expect(MODER, 0xa000, "MODER after reset");
    TX_BD_NUM = 1;
    for (i = 0; i < N_RX; i++) {
        give_buffer(i);
    }
    for (i = 0; i < sizeof(hello); i++) {
        tx_buffer[i] = hello[i];
    }
    handler[12] = on_ethernet;
    route(SOURCE_ETH, 12, 1);
    INT_MASK = INT_RX | INT_BUSY;
    MODER |= 1 << 5 | 2 | 1;
    interrupts_on();
    send(sizeof(hello));
    put("ready\n");
    for (;;) {
        wait_for_interrupt();
        if (deaf && busy) {
            put("busy\n");
            interrupts_off();
            deaf = busy = false;
            on_ethernet(12);
            interrupts_on();
        }
    }
}
