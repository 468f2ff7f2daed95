// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"
#include "freertos/task.h"
#include "connect_wifi_sta.h"
#include "driver/uart.h"
#include "esp_log.h"
#include "esp_vfs_dev.h"
#include "lwip/sockets.h"
#include "nvs_flash.h"

/** The console as a file whose reads do not wait. open() takes any number of arguments, which Swift does not import. */
static inline int open_console(void)
{
    uart_driver_install(UART_NUM_0, 1024, 0, 0, NULL, 0);
    esp_vfs_dev_uart_use_driver(UART_NUM_0);
    return open("/dev/uart/0", O_RDWR | O_NONBLOCK);
}

/** Waits until one of two files can be read: bit 0 for the first, bit 1 for the second. */
static inline int wait_for_either(int one, int other)
{
    fd_set readable;
    FD_ZERO(&readable);
    FD_SET(one, &readable);
    FD_SET(other, &readable);
    if (select((one > other ? one : other) + 1, &readable, NULL, NULL, NULL) < 0) {
        return 0;
    }
    return (FD_ISSET(one, &readable) ? 1 : 0) | (FD_ISSET(other, &readable) ? 2 : 0);
}

static inline void log_line(const char *text)
{
    ESP_LOGI("bridge", "%s", text);
}
