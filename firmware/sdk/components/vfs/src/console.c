// SPDX-License-Identifier: Apache-2.0

/** @file The console as a file: UART 0, descriptors 0 to 2 and "/dev/uart/0" and "/dev/console". */

#include <errno.h>
#include <fcntl.h>

#include "driver/uart.h"
#include "esp_rom_uart.h"
#include "esp_vfs_console.h"
#include "esp_vfs_dev.h"
#include "kernel.h"
#include "sdk_lock.h"
#include "soc/uart_reg.h"
#include "uart_internal.h"
#include "vfs_table.h"

static esp_line_endings_t tx_mode = ESP_LINE_ENDINGS_CRLF, rx_mode = ESP_LINE_ENDINGS_CR;
static bool use_driver;
static bool nonblocking;
static int peeked = -1;
static sdk_lock_t write_lock;

/** A select() that waits for the console. */
typedef struct watcher {
    struct watcher *next;
    esp_vfs_select_sem_t sem;
    fd_set *read, *write, *error;
    bool wants_read, wants_write;
    fd_set asked_read, asked_write;
} watcher_t;
static watcher_t *watchers;

static void send(const void *bytes, size_t size)
{
    if (use_driver && uart_is_driver_installed(0)) {
        uart_write_bytes(0, bytes, size);
    } else {
        const uint8_t *from = bytes;
        while (size > 0) {
            uint32_t used = REG_READ(UART_STATUS_REG(0)) >> UART_TXFIFO_CNT_S & UART_TXFIFO_CNT;
            for (uint32_t room = used < 126 ? 126 - used : 0; room > 0 && size > 0; room--, size--) {
                REG_WRITE(UART_FIFO_REG(0), *from++);
            }
        }
    }
}

static ssize_t console_write(int fd, const void *data, size_t size)
{
    (void)fd;
    // stdout and stderr have a lock each, but share this line.
    sdk_lock_acquire(&write_lock);
    const char *start = data, *end = start + size;
    while (start < end) {
        const char *stop = start;
        while (stop < end && (*stop != '\n' || tx_mode == ESP_LINE_ENDINGS_LF)) {
            stop++;
        }
        send(start, (size_t)(stop - start));
        if (stop < end) {
            send(tx_mode == ESP_LINE_ENDINGS_CRLF ? "\r\n" : "\r", tx_mode == ESP_LINE_ENDINGS_CRLF ? 2 : 1);
            stop++;
        }
        start = stop;
    }
    sdk_lock_release(&write_lock);
    return (ssize_t)size;
}

/** One byte, or -1 when there is none. */
static int receive(bool wait)
{
    if (peeked >= 0) {
        int byte = peeked;
        peeked = -1;
        return byte;
    }
    uint8_t byte;
    if (use_driver && uart_is_driver_installed(0)) {
        return uart_read_bytes(0, &byte, 1, wait ? portMAX_DELAY : 0) == 1 ? byte : -1;
    }
    return esp_rom_uart_rx_one_char(&byte) == 0 ? byte : -1;
}

static ssize_t console_read(int fd, void *dst, size_t size)
{
    (void)fd;
    char *to = dst;
    size_t got = 0;
    bool wait = use_driver && !nonblocking;
    while (got < size) {
        int byte = receive(wait);
        if (byte < 0) {
            break;
        }
        if (byte == '\r' && rx_mode == ESP_LINE_ENDINGS_CR) {
            byte = '\n';
        } else if (byte == '\r' && rx_mode == ESP_LINE_ENDINGS_CRLF) {
            int next = receive(wait);
            if (next < 0) {
                // What follows is not known yet: decide when it is.
                peeked = byte;
                break;
            }
            if (next == '\n') {
                byte = '\n';
            } else {
                peeked = next;
            }
        }
        to[got++] = (char)byte;
        if (byte == '\n') {
            break;
        }
    }
    if (got == 0 && size > 0) {
        errno = EWOULDBLOCK;
        return -1;
    }
    return (ssize_t)got;
}

static int console_open(const char *path, int flags, int mode)
{
    (void)mode;
    if (strcmp(path, "/uart/0") != 0 && strcmp(path, "/console") != 0) {
        errno = ENOENT;
        return -1;
    }
    nonblocking = (flags & O_NONBLOCK) != 0;
    return 0;
}

static int console_close(int fd)
{
    (void)fd;
    return 0;
}

static int console_fstat(int fd, struct stat *st)
{
    (void)fd;
    memset(st, 0, sizeof(*st));
    st->st_blksize = 128;
    st->st_mode = S_IFCHR;
    return 0;
}

static int console_fcntl(int fd, int command, int arg)
{
    (void)fd;
    if (command == F_GETFL) {
        return O_RDWR | (nonblocking ? O_NONBLOCK : 0);
    }
    if (command == F_SETFL) {
        nonblocking = (arg & O_NONBLOCK) != 0;
        return 0;
    }
    errno = ENOSYS;
    return -1;
}

static int console_fsync(int fd)
{
    (void)fd;
    esp_rom_uart_tx_wait_idle(0);
    return 0;
}

static bool has_input(void)
{
    size_t buffered = 0;
    if (peeked >= 0) {
        return true;
    }
    if (uart_is_driver_installed(0)) {
        uart_get_buffered_data_len(0, &buffered);
    }
    return buffered > 0;
}

/** In the UART's interrupt: wakes whoever waits for input. */
static void on_receive(uart_port_t port, BaseType_t *woken)
{
    for (watcher_t *watcher = port == 0 ? watchers : NULL; watcher != NULL; watcher = watcher->next) {
        if (watcher->wants_read) {
            esp_vfs_select_triggered_isr(watcher->sem, woken);
        }
    }
}

static esp_err_t console_start_select(int nfds, fd_set *readfds, fd_set *writefds, fd_set *exceptfds,
                                      esp_vfs_select_sem_t sem, void **args)
{
    // As in ESP-IDF (vfs_uart.c): without the driver nobody tells that something has come, and select() fails with EINTR.
    if (!uart_is_driver_installed(UART_NUM_0)) {
        return ESP_ERR_INVALID_STATE;
    }
    watcher_t *watcher = calloc(1, sizeof(*watcher));
    if (watcher == NULL) {
        return ESP_ERR_NO_MEM;
    }
    *watcher = (watcher_t){.sem = sem, .read = readfds, .write = writefds, .error = exceptfds};
    for (int fd = 0; fd < nfds; fd++) {
        watcher->wants_read = watcher->wants_read || FD_ISSET(fd, readfds);
        watcher->wants_write = watcher->wants_write || FD_ISSET(fd, writefds);
    }
    watcher->asked_read = *readfds;
    watcher->asked_write = *writefds;
    FD_ZERO(readfds);
    FD_ZERO(writefds);
    FD_ZERO(exceptfds);
    uart_on_receive = on_receive;
    uint32_t state = k_mask();
    watcher->next = watchers;
    watchers = watcher;
    bool ready = watcher->wants_write || (watcher->wants_read && has_input());
    k_unmask(state);
    *args = watcher;
    if (ready) {
        esp_vfs_select_triggered(sem);
    }
    return ESP_OK;
}

static esp_err_t console_end_select(void *args)
{
    watcher_t *watcher = args;
    uint32_t state = k_mask();
    for (watcher_t **link = &watchers; *link != NULL; link = &(*link)->next) {
        if (*link == watcher) {
            *link = watcher->next;
            break;
        }
    }
    k_unmask(state);
    if (watcher->wants_read && has_input()) {
        *watcher->read = watcher->asked_read;
    }
    if (watcher->wants_write) {
        *watcher->write = watcher->asked_write;
    }
    free(watcher);
    return ESP_OK;
}

esp_err_t esp_vfs_console_register(void)
{
    static bool done;
    static const esp_vfs_t console = {
        .write = console_write, .read = console_read, .open = console_open, .close = console_close,
        .fstat = console_fstat, .fcntl = console_fcntl, .fsync = console_fsync,
        .start_select = console_start_select, .end_select = console_end_select};
    if (!done) {
        done = true;
        ESP_ERROR_CHECK(esp_vfs_register("/dev", &console, NULL));
        for (int i = 0; i < 3; i++) {
            vfs_assign(&vfs_entries[0], 0);
        }
    }
    return ESP_OK;
}

void esp_vfs_dev_uart_register(void)
{
    esp_vfs_console_register();
}

int esp_vfs_dev_uart_port_set_rx_line_endings(int uart_num, esp_line_endings_t mode)
{
    if (uart_num != 0) {
        return -1;
    }
    rx_mode = mode;
    return 0;
}

int esp_vfs_dev_uart_port_set_tx_line_endings(int uart_num, esp_line_endings_t mode)
{
    if (uart_num != 0) {
        return -1;
    }
    tx_mode = mode;
    return 0;
}

void esp_vfs_dev_uart_set_rx_line_endings(esp_line_endings_t mode)
{
    rx_mode = mode;
}

void esp_vfs_dev_uart_set_tx_line_endings(esp_line_endings_t mode)
{
    tx_mode = mode;
}

void esp_vfs_dev_uart_use_nonblocking(int uart_num)
{
    if (uart_num == 0) {
        use_driver = false;
    }
}

void esp_vfs_dev_uart_use_driver(int uart_num)
{
    if (uart_num == 0) {
        use_driver = true;
    }
}
