// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file State of an installed UART driver. */

#include "driver/uart.h"
#include "esp_check.h"
#include "kernel.h"

/** Logs ESP-IDF's words and returns `result` from the function for a port that is not there. */
#define UART_NEED_PORT(port, result) \
    ESP_RETURN_ON_FALSE((port) < UART_NUM_MAX, result, "uart", "uart_num error")
/** The same, also where no driver is installed. */
#define UART_NEED_DRIVER(port, result)                                                      \
    do {                                                                                    \
        UART_NEED_PORT(port, result);                                                       \
        ESP_RETURN_ON_FALSE(uart_drivers[port] != NULL, result, "uart", "uart driver error"); \
    } while (0)

/** Bytes between one writer and one reader. */
typedef struct {
    uint8_t *data;
    uint32_t size, head, count;
} ring_t;

#define UART_PATTERNS 16

typedef struct {
    ring_t rx, tx;
    k_waiters_t readers, writers;
    QueueHandle_t events;
    intr_handle_t interrupt;
    bool rx_stopped; /**< the ring is full: the rest waits in the FIFO */
    uint8_t pattern, pattern_count, pattern_seen;
    uint32_t consumed; /**< bytes ever read: pattern positions are relative to it */
    uint32_t positions[UART_PATTERNS];
    uint32_t position_count, position_limit;
} uart_driver_t;

extern uart_driver_t *uart_drivers[UART_NUM_MAX];

/** Called in the interrupt when bytes have come; set by the console for select(). */
extern void (*uart_on_receive)(uart_port_t port, BaseType_t *woken);

/**
 * Goes on after the ring was full, with interrupts masked: takes what has waited in the FIFO. Its timeout, which was
 * cleared when the ring was full, does not come a second time.
 */
void uart_resume_receiving(uart_driver_t *driver, uart_port_t port);

bool ring_put(ring_t *ring, uint8_t byte);
bool ring_get(ring_t *ring, uint8_t *byte);
