// SPDX-License-Identifier: Apache-2.0

/** @file example_configure_stdin_stdout(). */

#include <stdio.h>

#include "driver/uart.h"
#include "protocol_examples_common.h"

esp_err_t example_configure_stdin_stdout(void)
{
    if (uart_is_driver_installed(UART_NUM_0)) {
        return ESP_OK;
    }
    setvbuf(stdin, NULL, _IONBF, 0);
    return uart_driver_install(UART_NUM_0, 256, 0, 0, NULL, 0);
}
