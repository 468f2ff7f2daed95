// SPDX-License-Identifier: Apache-2.0

/** @file Reading from and writing to the UART driver. */

#include <string.h>

#include "soc/uart_reg.h"
#include "uart_internal.h"

static uint32_t tx_fifo_used(uart_port_t port)
{
    return REG_READ(UART_STATUS_REG(port)) >> UART_TXFIFO_CNT_S & UART_TXFIFO_CNT;
}

int uart_read_bytes(uart_port_t port, void *buf, uint32_t length, TickType_t ticks_to_wait)
{
    UART_NEED_PORT(port, -1);
    ESP_RETURN_ON_FALSE(buf != NULL, -1, "uart", "uart data null");
    UART_NEED_DRIVER(port, -1);
    uart_driver_t *driver = uart_drivers[port];
    uint8_t *to = buf;
    uint32_t got = 0;
    uint32_t state = k_mask();
    uint64_t deadline = k_deadline(ticks_to_wait);
    for (;;) {
        uint32_t before = got;
        while (got < length && ring_get(&driver->rx, &to[got])) {
            got++;
        }
        driver->consumed += got - before;
        if (driver->rx_stopped && got > before) {
            uart_resume_receiving(driver, port);
            if (got < length) {
                continue;
            }
        }
        if (got == length || ticks_to_wait == 0) {
            break;
        }
        if (k_block(&driver->readers, deadline) == K_TIMED_OUT && driver->rx.count == 0) {
            break;
        }
    }
    k_unmask(state);
    return (int)got;
}

/** Without a transmit buffer: into the FIFO, waiting a tick at a time when it is full. */
static void write_fifo(uart_port_t port, const uint8_t *from, size_t size)
{
    while (size > 0) {
        uint32_t room = UART_FIFO_LEN - 2;
        uint32_t used = tx_fifo_used(port);
        room = used < room ? room - used : 0;
        if (room == 0) {
            vTaskDelay(1);
        }
        for (; room > 0 && size > 0; room--, size--) {
            REG_WRITE(UART_FIFO_REG(port), *from++);
        }
    }
}

int uart_write_bytes(uart_port_t port, const void *src, size_t size)
{
    UART_NEED_DRIVER(port, -1);
    uart_driver_t *driver = uart_drivers[port];
    if (src == NULL) {
        return -1;
    }
    const uint8_t *from = src;
    if (driver->tx.size == 0) {
        write_fifo(port, from, size);
        return (int)size;
    }
    uint32_t state = k_mask();
    size_t done = 0;
    while (done < size) {
        size_t before = done;
        while (done < size && ring_put(&driver->tx, from[done])) {
            done++;
        }
        if (done > before) {
            REG_SET_BIT(UART_INT_ENA_REG(port), UART_TXFIFO_EMPTY_INT);
        }
        if (done < size) {
            k_block(&driver->writers, K_FOREVER);
        }
    }
    k_unmask(state);
    return (int)size;
}

int uart_write_bytes_with_break(uart_port_t port, const void *src, size_t size, int brk_len)
{
    (void)brk_len;
    return uart_write_bytes(port, src, size);
}

int uart_tx_chars(uart_port_t port, const char *buffer, uint32_t len)
{
    UART_NEED_DRIVER(port, -1);
    if (buffer == NULL) {
        return -1;
    }
    uint32_t sent = 0;
    while (sent < len && tx_fifo_used(port) < UART_FIFO_LEN - 2) {
        REG_WRITE(UART_FIFO_REG(port), (uint8_t)buffer[sent++]);
    }
    return (int)sent;
}

esp_err_t uart_wait_tx_done(uart_port_t port, TickType_t ticks_to_wait)
{
    UART_NEED_DRIVER(port, ESP_FAIL);
    uart_driver_t *driver = uart_drivers[port];
    TickType_t start = xTaskGetTickCount();
    while (driver->tx.count > 0 || tx_fifo_used(port) > 0) {
        if (ticks_to_wait != portMAX_DELAY && xTaskGetTickCount() - start >= ticks_to_wait) {
            return ESP_ERR_TIMEOUT;
        }
        vTaskDelay(1);
    }
    return ESP_OK;
}

esp_err_t uart_wait_tx_idle_polling(uart_port_t port)
{
    if (port >= UART_NUM_MAX) {
        return ESP_ERR_INVALID_ARG;
    }
    while (tx_fifo_used(port) > 0) {
    }
    return ESP_OK;
}

esp_err_t uart_flush_input(uart_port_t port)
{
    UART_NEED_DRIVER(port, ESP_FAIL);
    uart_driver_t *driver = uart_drivers[port];
    uint32_t state = k_mask();
    while ((REG_READ(UART_STATUS_REG(port)) & UART_RXFIFO_CNT) > 0) {
        (void)REG_READ(UART_FIFO_REG(port));
    }
    driver->consumed += driver->rx.count;
    driver->rx.count = driver->rx.head = 0;
    driver->position_count = 0;
    if (driver->rx_stopped) {
        uart_resume_receiving(driver, port);
    }
    k_unmask(state);
    return ESP_OK;
}

esp_err_t uart_flush(uart_port_t port)
{
    return uart_flush_input(port);
}

esp_err_t uart_get_buffered_data_len(uart_port_t port, size_t *size)
{
    UART_NEED_DRIVER(port, ESP_FAIL);
    uart_driver_t *driver = uart_drivers[port];
    if (size == NULL) {
        return ESP_FAIL;
    }
    *size = driver->rx.count;
    return ESP_OK;
}

esp_err_t uart_get_tx_buffer_free_size(uart_port_t port, size_t *size)
{
    UART_NEED_DRIVER(port, ESP_ERR_INVALID_ARG);
    ESP_RETURN_ON_FALSE(size != NULL, ESP_ERR_INVALID_ARG, "uart", "arg pointer is NULL");
    uart_driver_t *driver = uart_drivers[port];
    *size = driver->tx.size - driver->tx.count;
    return ESP_OK;
}

esp_err_t uart_enable_pattern_det_baud_intr(uart_port_t port, char pattern_chr, uint8_t chr_num, int chr_tout,
                                            int post_idle, int pre_idle)
{
    (void)chr_tout;
    (void)post_idle;
    (void)pre_idle;
    UART_NEED_DRIVER(port, ESP_FAIL);
    uart_driver_t *driver = uart_drivers[port];
    driver->pattern = (uint8_t)pattern_chr;
    driver->pattern_count = chr_num;
    driver->pattern_seen = 0;
    return ESP_OK;
}

esp_err_t uart_disable_pattern_det_intr(uart_port_t port)
{
    return uart_enable_pattern_det_baud_intr(port, 0, 0, 0, 0, 0);
}

esp_err_t uart_pattern_queue_reset(uart_port_t port, int queue_length)
{
    UART_NEED_DRIVER(port, ESP_FAIL);
    uart_driver_t *driver = uart_drivers[port];
    if (queue_length < 0) {
        return ESP_FAIL;
    }
    driver->position_count = 0;
    driver->position_limit = queue_length < UART_PATTERNS ? (uint32_t)queue_length : UART_PATTERNS;
    return ESP_OK;
}

int uart_pattern_get_pos(uart_port_t port)
{
    UART_NEED_DRIVER(port, -1);
    uart_driver_t *driver = uart_drivers[port];
    if (driver->position_count == 0) {
        return -1;
    }
    return (int)(driver->positions[0] - driver->consumed);
}

int uart_pattern_pop_pos(uart_port_t port)
{
    int position = uart_pattern_get_pos(port);
    uart_driver_t *driver = port < UART_NUM_MAX ? uart_drivers[port] : NULL;
    if (driver != NULL && driver->position_count > 0) {
        uint32_t state = k_mask();
        driver->position_count--;
        memmove(driver->positions, driver->positions + 1, driver->position_count * sizeof(driver->positions[0]));
        k_unmask(state);
    }
    return position;
}
