// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * The UART driver (ESP-IDF's driver/uart.h): ring buffers filled and emptied by the interrupt, and a queue of events.
 * UART 0 is the console and the one that is wired up; UART 1 can be installed, sends into nothing and receives
 * nothing. Errors: ESP_FAIL or ESP_ERR_INVALID_ARG for a wrong port or argument, ESP_ERR_INVALID_STATE or ESP_FAIL
 * without an installed driver.
 */

#include "esp_err.h"
#include "esp_intr_alloc.h"
#include "freertos/FreeRTOS.h"
#include "freertos/queue.h"
#include "freertos/semphr.h"
#include "freertos/task.h"
#include "hal/uart_types.h"
#include "soc/soc_caps.h"

#ifdef __cplusplus
extern "C" {
#endif

#define UART_PIN_NO_CHANGE (-1)
#define UART_FIFO_LEN SOC_UART_FIFO_LEN
#define UART_BITRATE_MAX SOC_UART_BITRATE_MAX

/** When the receive interrupt fires: bytes in the FIFO, or silence in symbols. */
typedef struct {
    uint32_t intr_enable_mask;
    uint8_t rx_timeout_thresh;
    uint8_t txfifo_empty_intr_thresh;
    uint8_t rxfifo_full_thresh;
} uart_intr_config_t;

typedef enum {
    UART_DATA,
    UART_BREAK,
    UART_BUFFER_FULL,
    UART_FIFO_OVF,
    UART_FRAME_ERR,
    UART_PARITY_ERR,
    UART_DATA_BREAK,
    UART_PATTERN_DET,
    UART_WAKEUP,
    UART_EVENT_MAX,
} uart_event_type_t;

/** @p size bytes are new; timeout_flag: they were followed by silence. */
typedef struct {
    uart_event_type_t type;
    size_t size;
    bool timeout_flag;
} uart_event_t;

typedef intr_handle_t uart_isr_handle_t;

/**
 * Installs the driver. The receive buffer must be larger than UART_FIFO_LEN; a transmit buffer of 0 makes writes wait.
 * @param queue where to store the handle of a queue of @p queue_size events, or NULL
 */
esp_err_t uart_driver_install(uart_port_t uart_num, int rx_buffer_size, int tx_buffer_size, int queue_size,
                              QueueHandle_t *queue, int intr_alloc_flags);
esp_err_t uart_driver_delete(uart_port_t uart_num);
bool uart_is_driver_installed(uart_port_t uart_num);
/** Line settings; remembered and otherwise without effect. */
esp_err_t uart_param_config(uart_port_t uart_num, const uart_config_t *config);
esp_err_t uart_set_pin(uart_port_t uart_num, int tx_io_num, int rx_io_num, int rts_io_num, int cts_io_num);
esp_err_t uart_set_word_length(uart_port_t uart_num, uart_word_length_t data_bit);
esp_err_t uart_get_word_length(uart_port_t uart_num, uart_word_length_t *data_bit);
esp_err_t uart_set_stop_bits(uart_port_t uart_num, uart_stop_bits_t stop_bits);
esp_err_t uart_get_stop_bits(uart_port_t uart_num, uart_stop_bits_t *stop_bits);
esp_err_t uart_set_parity(uart_port_t uart_num, uart_parity_t parity_mode);
esp_err_t uart_get_parity(uart_port_t uart_num, uart_parity_t *parity_mode);
esp_err_t uart_set_baudrate(uart_port_t uart_num, uint32_t baudrate);
esp_err_t uart_get_baudrate(uart_port_t uart_num, uint32_t *baudrate);
esp_err_t uart_set_hw_flow_ctrl(uart_port_t uart_num, uart_hw_flowcontrol_t flow_ctrl, uint8_t rx_thresh);
esp_err_t uart_get_hw_flow_ctrl(uart_port_t uart_num, uart_hw_flowcontrol_t *flow_ctrl);
esp_err_t uart_set_sw_flow_ctrl(uart_port_t uart_num, bool enable, uint8_t rx_thresh_xon, uint8_t rx_thresh_xoff);
esp_err_t uart_set_mode(uart_port_t uart_num, uart_mode_t mode);
esp_err_t uart_intr_config(uart_port_t uart_num, const uart_intr_config_t *intr_conf);
esp_err_t uart_set_rx_full_threshold(uart_port_t uart_num, int threshold);
esp_err_t uart_set_tx_empty_threshold(uart_port_t uart_num, int threshold);
/** Silence, in symbols, after which received bytes are handed over; 0 switches that off. */
esp_err_t uart_set_rx_timeout(uart_port_t uart_num, const uint8_t tout_thresh);
esp_err_t uart_enable_rx_intr(uart_port_t uart_num);
esp_err_t uart_disable_rx_intr(uart_port_t uart_num);

/** Waits until everything has been sent. ESP_ERR_TIMEOUT. */
esp_err_t uart_wait_tx_done(uart_port_t uart_num, TickType_t ticks_to_wait);
esp_err_t uart_wait_tx_idle_polling(uart_port_t uart_num);
/** Sends what fits at once; returns how many bytes that were. */
int uart_tx_chars(uart_port_t uart_num, const char *buffer, uint32_t len);
/** Sends all bytes as they are (no line-ending conversion); returns @p size, or -1. */
int uart_write_bytes(uart_port_t uart_num, const void *src, size_t size);
int uart_write_bytes_with_break(uart_port_t uart_num, const void *src, size_t size, int brk_len);
/** Reads up to @p length bytes, waiting at most @p ticks_to_wait for all of them; returns how many came, or -1. */
int uart_read_bytes(uart_port_t uart_num, void *buf, uint32_t length, TickType_t ticks_to_wait);
/** Throws received bytes away. */
esp_err_t uart_flush(uart_port_t uart_num);
esp_err_t uart_flush_input(uart_port_t uart_num);
esp_err_t uart_get_buffered_data_len(uart_port_t uart_num, size_t *size);
esp_err_t uart_get_tx_buffer_free_size(uart_port_t uart_num, size_t *size);

/** Pattern detection: @p chr_num times the character in a row gives UART_PATTERN_DET; the gaps are not looked at. */
esp_err_t uart_enable_pattern_det_baud_intr(uart_port_t uart_num, char pattern_chr, uint8_t chr_num, int chr_tout,
                                            int post_idle, int pre_idle);
esp_err_t uart_disable_pattern_det_intr(uart_port_t uart_num);
esp_err_t uart_pattern_queue_reset(uart_port_t uart_num, int queue_length);
/** Position of the next pattern in the unread bytes, or -1; pop also forgets it. */
int uart_pattern_pop_pos(uart_port_t uart_num);
int uart_pattern_get_pos(uart_port_t uart_num);

#ifdef __cplusplus
}
#endif
