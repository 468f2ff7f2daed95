// SPDX-License-Identifier: Apache-2.0

/** @file The UART driver on the console's port: errors, events, reading. */

#include "topics.h"

#include "driver/uart.h"

#define PORT UART_NUM_0

static void ask(void)
{
    printf("READY\n");
}

void topic_uart(void)
{
    char bytes[40] = "";
    size_t length = 1;
    uint32_t rate = 0;
    uart_word_length_t bits;
    uart_parity_t parity;
    uart_stop_bits_t stops;
    SHOW(uart_is_driver_installed(PORT));
    CALL(uart_read_bytes(PORT, bytes, 1, 0));
    CALL(uart_write_bytes(PORT, "x", 1));
    STATUS(uart_get_buffered_data_len(PORT, &length));
    STATUS(uart_driver_install(PORT, 10, 0, 0, NULL, 0));
    STATUS(uart_driver_install(5, 256, 0, 0, NULL, 0));
    QueueHandle_t queue = NULL;
    STATUS(uart_driver_install(PORT, 256, 256, 10, &queue, 0));
    STATUS(uart_driver_install(PORT, 256, 0, 0, NULL, 0));
    SHOW(uart_is_driver_installed(PORT));
    STATUS(uart_get_baudrate(PORT, &rate));
    SHOW((rate + 500) / 1000);
    STATUS(uart_get_word_length(PORT, &bits));
    SHOW(bits);
    STATUS(uart_get_parity(PORT, &parity));
    SHOW(parity);
    STATUS(uart_get_stop_bits(PORT, &stops));
    SHOW(stops);
    uart_config_t config = {.baud_rate = 115200, .data_bits = UART_DATA_8_BITS, .parity = UART_PARITY_DISABLE,
        .stop_bits = UART_STOP_BITS_1, .flow_ctrl = UART_HW_FLOWCTRL_DISABLE, .source_clk = UART_SCLK_DEFAULT};
    STATUS(uart_param_config(PORT, &config));
    STATUS(uart_param_config(7, &config));
    STATUS(uart_set_pin(PORT, UART_PIN_NO_CHANGE, UART_PIN_NO_CHANGE, UART_PIN_NO_CHANGE, UART_PIN_NO_CHANGE));
    CALL(uart_write_bytes(PORT, "bytes, with no change of line ends\r\n", 36));
    STATUS(uart_wait_tx_done(PORT, 100));
    STATUS(uart_get_tx_buffer_free_size(PORT, &length));
    SHOW(length);
    SHOW(TAKES(50, uart_read_bytes(PORT, bytes, 1, 10)));
    CALL(uart_read_bytes(PORT, bytes, 1, 0));

    ask();
    uart_event_t event = {.type = UART_EVENT_MAX};
    // Espressif's machine also tells of a time-out after which there is nothing to take.
    do {
        xQueueReceive(queue, &event, 1000);
    } while (event.type == UART_DATA && event.size == 0);
    SHOW(event.type);
    SHOW(event.size);
    STATUS(uart_get_buffered_data_len(PORT, &length));
    SHOW(length);
    CALL(uart_read_bytes(PORT, bytes, 3, 10));
    CALL(uart_read_bytes(PORT, bytes + 3, sizeof(bytes) - 3, 10));
    SHOW_TEXT(bytes);
    STATUS(uart_flush(PORT));
    STATUS(uart_enable_pattern_det_baud_intr(PORT, '+', 3, 9, 0, 0));
    STATUS(uart_disable_pattern_det_intr(PORT));
    STATUS(uart_set_rx_timeout(PORT, 10));
    STATUS(uart_set_rx_full_threshold(PORT, 60));
    STATUS(uart_driver_delete(PORT));
    STATUS(uart_driver_delete(PORT));
}
