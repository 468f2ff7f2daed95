// SPDX-License-Identifier: Apache-2.0

/** @file Input: stdin without and with the driver, the driver's calls and events, select() on the console. */

#include <fcntl.h>
#include <sys/select.h>
#include <unistd.h>

#include "check.h"
#include "driver/uart.h"
#include "esp_vfs_dev.h"

#define BURST 4096
#define TAIL  1100

/** Has the runner send the next line of uart.input. */
static void ready(void)
{
    printf("READY\n");
}

static void without_driver(void)
{
    char line[32] = "";
    TickType_t start = xTaskGetTickCount();
    CHECK("an empty console does not block", fgets(line, sizeof(line), stdin) == NULL && xTaskGetTickCount() == start);
    ready();
    size_t length = 0;
    while (length == 0 || line[length - 1] != '\n') {
        if (fgets(line + length, (int)(sizeof(line) - length), stdin) != NULL) {
            length = strlen(line);
        }
        vTaskDelay(1);
    }
    CHECK_TEXT("a carriage return ends a line", line, "hello there\n");
}

static QueueHandle_t queue;

static void driver_calls(void)
{
    const uart_config_t config = {.baud_rate = 115200, .data_bits = UART_DATA_8_BITS, .stop_bits = UART_STOP_BITS_1};
    CHECK_EQUAL("reading without a driver is an error", uart_read_bytes(UART_NUM_0, (char[1]){0}, 1, 0), -1);
    CHECK_EQUAL("too small a buffer is refused", uart_driver_install(UART_NUM_0, 128, 0, 0, NULL, 0), ESP_FAIL);
    CHECK_EQUAL("uart_driver_install", uart_driver_install(UART_NUM_0, 1024, 0, 20, &queue, 0), ESP_OK);
    CHECK_EQUAL("uart_param_config", uart_param_config(UART_NUM_0, &config), ESP_OK);
    CHECK_EQUAL("uart_set_pin", uart_set_pin(UART_NUM_0, 21, 20, UART_PIN_NO_CHANGE, UART_PIN_NO_CHANGE), ESP_OK);
    char bytes[32];
    TickType_t start = xTaskGetTickCount();
    CHECK("a read times out", uart_read_bytes(UART_NUM_0, bytes, 8, 5) == 0 && xTaskGetTickCount() - start >= 5);
    ready();
    int count = uart_read_bytes(UART_NUM_0, bytes, sizeof(bytes), 50);
    bytes[count] = '\0';
    CHECK_TEXT("bytes come as they are", bytes, "raw\r\nbytes");
    uart_event_t event = {.type = UART_EVENT_MAX};
    CHECK("with an event", xQueueReceive(queue, &event, 0) == pdTRUE && event.type == UART_DATA && event.size > 0);
    CHECK_EQUAL("uart_write_bytes", uart_write_bytes(UART_NUM_0, "PASS raw writing\r\n", 18), 18);
}

static void burst(void)
{
    ready();
    unsigned sum = 0, count = 0;
    uint8_t bytes[100];
    while (count < BURST) {
        int got = uart_read_bytes(UART_NUM_0, bytes, sizeof(bytes), 200);
        if (got <= 0) {
            break;
        }
        for (int i = 0; i < got; i++) {
            sum = sum * 31 + bytes[i];
        }
        count += (unsigned)got;
        // A slow reader: the driver's buffer fills up, and nothing may be lost.
        vTaskDelay(1);
    }
    unsigned expected = 0;
    for (unsigned i = 0; i < BURST; i++) {
        expected = expected * 31 + "0123456789abcdef"[i % 16];
    }
    CHECK_EQUAL("4096 bytes arrive", count, BURST);
    CHECK_EQUAL("in order", sum, expected);
}

/** Some more than the driver's buffer takes, and less than would interrupt again: the rest waits in the FIFO. */
static void tail(void)
{
    ready();
    vTaskDelay(100);
    int count = 0;
    char byte = 0;
    while (count < TAIL && uart_read_bytes(UART_NUM_0, &byte, 1, 200) == 1) {
        count++;
    }
    CHECK_EQUAL("what waited in the FIFO for room arrives", count, TAIL);
    CHECK_EQUAL("up to the last byte", byte, '!');
}

static int wait_for_input(int seconds)
{
    fd_set set;
    FD_ZERO(&set);
    FD_SET(0, &set);
    struct timeval timeout = {.tv_sec = seconds, .tv_usec = 50000};
    return select(1, &set, NULL, NULL, &timeout);
}

static void with_driver(void)
{
    uart_flush_input(UART_NUM_0);
    esp_vfs_dev_uart_use_driver(UART_NUM_0);
    TickType_t start = xTaskGetTickCount();
    CHECK("select() times out", wait_for_input(0) == 0 && xTaskGetTickCount() - start >= 4);
    ready();
    CHECK_EQUAL("select() tells of input", wait_for_input(5), 1);
    char line[32];
    CHECK("fgets waits for the line", fgets(line, sizeof(line), stdin) != NULL && strcmp(line, "typed\n") == 0);
    fcntl(0, F_SETFL, O_NONBLOCK);
    CHECK("unless it is told not to", fgets(line, sizeof(line), stdin) == NULL);
    CHECK_EQUAL("uart_driver_delete", uart_driver_delete(UART_NUM_0), ESP_OK);
}

void app_main(void)
{
    without_driver();
    driver_calls();
    burst();
    tail();
    with_driver();
    printf("DONE\n");
}
