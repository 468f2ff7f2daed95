// SPDX-License-Identifier: Apache-2.0

/** @file stdin without and with the UART driver, and the console as a file. */

#include "topics.h"

#include <fcntl.h>
#include <sys/select.h>
#include <sys/stat.h>

#include "driver/uart.h"
#include "esp_vfs_dev.h"
#include "sdkconfig.h"

/** Asks whoever types for the next line of the input. */
static void ask(void)
{
    fflush(stdout);
    printf("READY\n");
}

/** Waits until what was asked for is being typed, and then until it will have come whole. */
static void await(void)
{
    int c;
    while ((c = getchar()) == EOF) {
        clearerr(stdin);
        vTaskDelay(1);
    }
    ungetc(c, stdin);
    vTaskDelay(50);
}

/** Reads characters as they come until the end of a line, polling as one has to without the driver. */
static void poll_line(void)
{
    int polls = 0;
    for (int c = 0; c != '\n' && polls < 3000;) {
        c = getchar();
        if (c == EOF) {
            clearerr(stdin);
            vTaskDelay(1);
            polls++;
        } else {
            printf("%d ", c);
        }
    }
    printf("\n");
}

static void without_driver(void)
{
    char line[20] = "unchanged";
    SHOW(isatty(0));
    CALL(fcntl(0, F_GETFL));
    SHOW(TAKES(50, getchar()));
    SHOW(getchar());
    SHOW(feof(stdin) != 0);
    SHOW(ferror(stdin) != 0);
    clearerr(stdin);
    SHOW(fgets(line, sizeof(line), stdin) == NULL);
    SHOW_TEXT(line);
    clearerr(stdin);
    CALL(read(0, line, 1));
    ask();
    poll_line();
    // What was typed at once is there at once, and no more is waited for.
    ask();
    await();
    SHOW(fgets(line, 8, stdin) != NULL);
    SHOW_TEXT(line);
    SHOW(fgets(line, sizeof(line), stdin) != NULL);
    SHOW_TEXT(line);
    clearerr(stdin);
    ask();
    int got;
    memset(line, 0, sizeof(line));
    while ((got = read(0, line, 1)) < 0) {
        vTaskDelay(1);
    }
    vTaskDelay(50);
    SHOW(got);
    CALL(read(0, line + 1, sizeof(line) - 1));
    SHOW_TEXT(line);
}

static void with_driver(void)
{
    char line[40] = "unchanged";
    setvbuf(stdin, NULL, _IONBF, 0);
    STATUS(uart_driver_install(CONFIG_ESP_CONSOLE_UART_NUM, 256, 0, 0, NULL, 0));
    esp_vfs_dev_uart_use_driver(CONFIG_ESP_CONSOLE_UART_NUM);
    esp_vfs_dev_uart_port_set_rx_line_endings(CONFIG_ESP_CONSOLE_UART_NUM, ESP_LINE_ENDINGS_CR);
    esp_vfs_dev_uart_port_set_tx_line_endings(CONFIG_ESP_CONSOLE_UART_NUM, ESP_LINE_ENDINGS_CRLF);
    fcntl(0, F_SETFL, fcntl(0, F_GETFL) | O_NONBLOCK);
    CALL(read(0, line, sizeof(line)));
    fcntl(0, F_SETFL, fcntl(0, F_GETFL) & ~O_NONBLOCK);
    fd_set set;
    FD_ZERO(&set);
    FD_SET(0, &set);
    ask();
    SHOW(select(1, &set, NULL, NULL, NULL) > 0);
    SHOW(FD_ISSET(0, &set));
    SHOW(fgets(line, sizeof(line), stdin) != NULL);
    SHOW_TEXT(line);
    ask();
    SHOW(fgets(line, 6, stdin) != NULL);
    SHOW_TEXT(line);
    SHOW(fgetc(stdin));
    SHOW(ungetc('z', stdin));
    SHOW(fgets(line, sizeof(line), stdin) != NULL);
    SHOW_TEXT(line);
    ask();
    int number = 0;
    SHOW(scanf("%d %19s", &number, line));
    SHOW(number);
    SHOW_TEXT(line);
    SHOW(getchar());
    ask();
    memset(line, 0, sizeof(line));
    CALL(read(0, line, 1));
    vTaskDelay(50);
    CALL(read(0, line + 1, sizeof(line) - 1));
    CALL(read(0, line + 5, sizeof(line) - 5));
    SHOW_TEXT(line);
    esp_vfs_dev_uart_use_nonblocking(CONFIG_ESP_CONSOLE_UART_NUM);
    STATUS(uart_driver_delete(CONFIG_ESP_CONSOLE_UART_NUM));
}

static void files(void)
{
    struct stat status;
    CALL(write(1, "written\n", 8));
    CALL(fstat(1, &status));
    SHOW(S_ISCHR(status.st_mode));
    CALL(lseek(1, 0, SEEK_SET));
    CALL(open("/nowhere/file", O_RDONLY));
    CALL(open("file", O_RDONLY));
    CALL(close(40));
    CALL(close(-1));
    CALL(read(99, &status, 1));
    SHOW(fopen("/nowhere/file", "r") == NULL);
    SHOW(errno);
    int console = open("/dev/console", O_WRONLY);
    CALL(write(console, "to the console\n", 15));
    CALL(close(console));
    int uart = open("/dev/uart/0", O_RDWR);
    CALL(write(uart, "to the UART\n", 12));
    CALL(close(uart));
    CALL(unlink("/nowhere/file"));
    CALL(stat("/nowhere", &status));
}

void topic_stdin(void)
{
    without_driver();
    with_driver();
    files();
}
