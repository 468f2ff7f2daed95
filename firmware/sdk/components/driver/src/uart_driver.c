// SPDX-License-Identifier: Apache-2.0

/** @file The UART driver: installation and the interrupt. */

#include <stdlib.h>
#include <string.h>

#include "soc/interrupts.h"
#include "soc/uart_reg.h"
#include "uart_internal.h"

#define RX_FULL_THRESHOLD 120
#define RX_TIMEOUT_SYMBOLS 10
#define TX_EMPTY_THRESHOLD 10
#define RX_INTERRUPTS (UART_RXFIFO_FULL_INT | UART_RXFIFO_TOUT_INT)

uart_driver_t *uart_drivers[UART_NUM_MAX];
void (*uart_on_receive)(uart_port_t port, BaseType_t *woken);

bool ring_put(ring_t *ring, uint8_t byte)
{
    if (ring->count == ring->size) {
        return false;
    }
    uint32_t at = ring->head + ring->count++;
    ring->data[at >= ring->size ? at - ring->size : at] = byte;
    return true;
}

bool ring_get(ring_t *ring, uint8_t *byte)
{
    if (ring->count == 0) {
        return false;
    }
    *byte = ring->data[ring->head];
    ring->head = ring->head + 1 == ring->size ? 0 : ring->head + 1;
    ring->count--;
    return true;
}

static void post(uart_driver_t *driver, uart_event_type_t type, size_t size, bool timeout)
{
    if (driver->events != NULL) {
        uart_event_t event = {.type = type, .size = size, .timeout_flag = timeout};
        xQueueSendFromISR(driver->events, &event, NULL);
    }
}

/** Looks for the pattern; true when this byte completes one. */
static bool match_pattern(uart_driver_t *driver, uint8_t byte)
{
    if (driver->pattern_count == 0 || byte != driver->pattern) {
        driver->pattern_seen = 0;
        return false;
    }
    if (++driver->pattern_seen < driver->pattern_count) {
        return false;
    }
    driver->pattern_seen = 0;
    if (driver->position_count < driver->position_limit) {
        // The position of the pattern's first character.
        driver->positions[driver->position_count++] =
            driver->consumed + driver->rx.count - driver->pattern_count;
    }
    return true;
}

static void receive(uart_driver_t *driver, int port, bool timeout)
{
    size_t count = 0;
    bool pattern = false;
    while ((REG_READ(UART_STATUS_REG(port)) & UART_RXFIFO_CNT) > 0) {
        if (driver->rx.count == driver->rx.size) {
            REG_CLR_BIT(UART_INT_ENA_REG(port), RX_INTERRUPTS);
            driver->rx_stopped = true;
            break;
        }
        uint8_t byte = (uint8_t)REG_READ(UART_FIFO_REG(port));
        ring_put(&driver->rx, byte);
        pattern = match_pattern(driver, byte) || pattern;
        count++;
    }
    if (pattern) {
        post(driver, UART_PATTERN_DET, count, false);
    } else if (count > 0) {
        post(driver, UART_DATA, count, timeout);
    }
    if (driver->rx_stopped) {
        post(driver, UART_BUFFER_FULL, count, false);
    }
    if (driver->rx.count > 0) {
        k_wake_first(&driver->readers);
        if (uart_on_receive != NULL) {
            BaseType_t woken = pdFALSE;
            uart_on_receive(port, &woken);
        }
    }
}

void uart_resume_receiving(uart_driver_t *driver, uart_port_t port)
{
    driver->rx_stopped = false;
    REG_SET_BIT(UART_INT_ENA_REG(port), RX_INTERRUPTS);
    receive(driver, port, true);
}

static void transmit(uart_driver_t *driver, int port)
{
    uint8_t byte;
    while ((REG_READ(UART_STATUS_REG(port)) >> UART_TXFIFO_CNT_S & UART_TXFIFO_CNT) < UART_FIFO_LEN - 2 &&
           ring_get(&driver->tx, &byte)) {
        REG_WRITE(UART_FIFO_REG(port), byte);
    }
    if (driver->tx.count == 0) {
        REG_CLR_BIT(UART_INT_ENA_REG(port), UART_TXFIFO_EMPTY_INT);
    }
    k_wake_first(&driver->writers);
}

static void uart_interrupt(void *arg)
{
    int port = (int)arg;
    uart_driver_t *driver = uart_drivers[port];
    uint32_t status;
    // Until nothing is left: the line must be low when the handler ends.
    while ((status = REG_READ(UART_INT_ST_REG(port))) != 0) {
        if (status & RX_INTERRUPTS) {
            receive(driver, port, (status & UART_RXFIFO_TOUT_INT) != 0);
        }
        if (status & UART_TXFIFO_EMPTY_INT) {
            transmit(driver, port);
        }
        REG_WRITE(UART_INT_CLR_REG(port), status);
    }
}

esp_err_t uart_driver_install(uart_port_t port, int rx_buffer_size, int tx_buffer_size, int queue_size,
                              QueueHandle_t *queue, int intr_alloc_flags)
{
    UART_NEED_PORT(port, ESP_FAIL);
    ESP_RETURN_ON_FALSE(rx_buffer_size > UART_FIFO_LEN, ESP_FAIL, "uart", "uart rx buffer length error");
    ESP_RETURN_ON_FALSE(tx_buffer_size > UART_FIFO_LEN || tx_buffer_size == 0, ESP_FAIL, "uart",
                        "uart tx buffer length error");
    if (uart_drivers[port] != NULL) {
        ESP_LOGE("uart", "UART driver already installed");
        return ESP_FAIL;
    }
    uart_driver_t *driver = calloc(1, sizeof(*driver) + (size_t)rx_buffer_size + (size_t)tx_buffer_size);
    if (driver == NULL) {
        ESP_LOGE("uart", "UART driver malloc error");
        return ESP_FAIL;
    }
    driver->rx = (ring_t){.data = (uint8_t *)(driver + 1), .size = (uint32_t)rx_buffer_size};
    driver->tx = (ring_t){.data = driver->rx.data + rx_buffer_size, .size = (uint32_t)tx_buffer_size};
    k_waiters_init(&driver->readers);
    k_waiters_init(&driver->writers);
    if (queue != NULL) {
        driver->events = xQueueCreate((UBaseType_t)queue_size, sizeof(uart_event_t));
        *queue = driver->events;
        if (driver->events == NULL) {
            free(driver);
            ESP_LOGE("uart", "UART driver malloc error");
            return ESP_FAIL;
        }
        ESP_LOGI("uart", "queue free spaces: %d", queue_size);
    }
    uart_drivers[port] = driver;
    REG_WRITE(UART_INT_ENA_REG(port), 0);
    REG_WRITE(UART_INT_CLR_REG(port), 0xffffffff);
    esp_err_t result = esp_intr_alloc(ETS_UART0_INTR_SOURCE + port, intr_alloc_flags, uart_interrupt, (void *)port,
                                      &driver->interrupt);
    if (result != ESP_OK) {
        uart_driver_delete(port);
        return result;
    }
    uart_intr_config_t config = {.intr_enable_mask = RX_INTERRUPTS,
                                 .rxfifo_full_thresh = RX_FULL_THRESHOLD,
                                 .rx_timeout_thresh = RX_TIMEOUT_SYMBOLS,
                                 .txfifo_empty_intr_thresh = TX_EMPTY_THRESHOLD};
    return uart_intr_config(port, &config);
}

esp_err_t uart_driver_delete(uart_port_t port)
{
    UART_NEED_PORT(port, ESP_FAIL);
    uart_driver_t *driver = uart_drivers[port];
    if (driver == NULL) {
        ESP_LOGI("uart", "ALREADY NULL");
        return ESP_OK;
    }
    REG_WRITE(UART_INT_ENA_REG(port), 0);
    if (driver->interrupt != NULL) {
        esp_intr_free(driver->interrupt);
    }
    uart_drivers[port] = NULL;
    if (driver->events != NULL) {
        vQueueDelete(driver->events);
    }
    free(driver);
    return ESP_OK;
}

bool uart_is_driver_installed(uart_port_t port)
{
    return port < UART_NUM_MAX && uart_drivers[port] != NULL;
}
