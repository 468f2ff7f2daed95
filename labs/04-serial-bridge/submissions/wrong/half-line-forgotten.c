// SPDX-License-Identifier: Apache-2.0
// Submission: forgets the beginning of a line when nothing is typed for a second.
// verdict: fail
// fails: typed-slowly, conversations
// hint: typed-slowly: with pauses

#include <errno.h>
#include <stdbool.h>
#include <fcntl.h>
#include <unistd.h>
#include <sys/param.h>

#include "connect_wifi_sta.h"
#include "driver/uart.h"
#include "esp_err.h"
#include "esp_log.h"
#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"
#include "freertos/task.h"
#include "lwip/sockets.h"
#include "nvs_flash.h"

#if __has_include("driver/uart_vfs.h")
#include "driver/uart_vfs.h"
#else // before ESP-IDF 5.3
#include "esp_vfs_dev.h"
#define uart_vfs_dev_use_driver esp_vfs_dev_uart_use_driver
#define uart_vfs_dev_port_set_rx_line_endings esp_vfs_dev_uart_port_set_rx_line_endings
#endif

#define SERVER_ADDRESS "10.0.2.2"
#define SERVER_PORT 5000
#define RETRY_DELAY_MS 2000

#define CONSOLE UART_NUM_0
#define CONSOLE_BUFFER 1024 // what may be typed while the server is slow
#define LINE_SIZE 256       // a longer line travels in parts
#define RECEIVE_SIZE 512

// A server that vanishes without a word is given up after 5 + 3 * 5 seconds.
#define KEEPALIVE_IDLE 5
#define KEEPALIVE_INTERVAL 5
#define KEEPALIVE_COUNT 3

static const char *TAG = "serial_bridge";

/** The line that is being typed. */
struct line {
    char text[LINE_SIZE];
    size_t length;
};

/** Sends everything, however little one send() takes. False when the connection is broken. */
static bool send_all(int server, const char *data, size_t length)
{
    while (length > 0) {
        ssize_t sent = send(server, data, length, 0);
        if (sent < 0) {
            ESP_LOGW(TAG, "send failed: errno %d", errno);
            return false;
        }
        data += sent;
        length -= sent;
    }
    return true;
}

/** Takes what has been typed; sends the line when it is complete. False when the connection is broken. */
static bool console_to_server(int console, struct line *line, int server)
{
    ssize_t count = read(console, line->text + line->length, sizeof(line->text) - line->length);
    if (count <= 0) {
        return true; // it was less than it looked like
    }
    line->length += count;
    if (line->text[line->length - 1] != '\n' && line->length < sizeof(line->text)) {
        return true;
    }
    size_t length = line->length;
    line->length = 0;
    return send_all(server, line->text, length);
}

/** Prints what the server has sent. False when the connection is over. */
static bool server_to_console(int server, int console)
{
    char received[RECEIVE_SIZE];
    ssize_t count = recv(server, received, sizeof(received), 0);
    if (count < 0) {
        ESP_LOGW(TAG, "recv failed: errno %d", errno);
        return false;
    }
    if (count == 0) {
        ESP_LOGI(TAG, "The server closed the connection");
        return false;
    }
    write(console, received, count); // bytes, not text: there may be a '\0' among them, and there is none at the end
    return true;
}

/** Carries data both ways until the connection is over. */
static void bridge(int console, int server)
{
    struct line line = {0};
    for (bool connected = true; connected;) {
        fd_set readable;
        FD_ZERO(&readable);
        FD_SET(console, &readable);
        FD_SET(server, &readable);
        struct timeval patience = {.tv_sec = 1};
        int count = select(MAX(console, server) + 1, &readable, NULL, NULL, &patience);
        if (count < 0) {
            ESP_LOGE(TAG, "select failed: errno %d", errno);
            return;
        }
        if (count == 0) {
            line.length = 0; // whoever is silent for a second begins anew
            continue;
        }
        if (FD_ISSET(server, &readable)) {
            connected = server_to_console(server, console);
        }
        if (connected && FD_ISSET(console, &readable)) {
            connected = console_to_server(console, &line, server);
        }
    }
}

static void notice_vanished_server(int server)
{
    int on = 1;
    int idle = KEEPALIVE_IDLE;
    int interval = KEEPALIVE_INTERVAL;
    int count = KEEPALIVE_COUNT;
    setsockopt(server, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
    setsockopt(server, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof(idle));
    setsockopt(server, IPPROTO_TCP, TCP_KEEPINTVL, &interval, sizeof(interval));
    setsockopt(server, IPPROTO_TCP, TCP_KEEPCNT, &count, sizeof(count));
}

/** Connects to the server; -1 when that fails. */
static int connect_to_server(void)
{
    int server = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
    if (server < 0) {
        ESP_LOGE(TAG, "Unable to create socket: errno %d", errno);
        return -1;
    }
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_addr.s_addr = inet_addr(SERVER_ADDRESS),
        .sin_port = htons(SERVER_PORT),
    };
    if (connect(server, (struct sockaddr *)&address, sizeof(address)) != 0) {
        ESP_LOGW(TAG, "Unable to connect to %s:%d: errno %d", SERVER_ADDRESS, SERVER_PORT, errno);
        close(server);
        return -1;
    }
    ESP_LOGI(TAG, "Connected to %s:%d", SERVER_ADDRESS, SERVER_PORT);
    return server;
}

/** The console as a file that select() can wait for and whose reads never wait; -1 when that fails. */
static int open_console(void)
{
    ESP_ERROR_CHECK(uart_driver_install(CONSOLE, CONSOLE_BUFFER, 0, 0, NULL, 0));
    uart_vfs_dev_use_driver(CONSOLE);
    // Enter is "\r" in one terminal and "\n" in another: both arrive here as "\n".
    uart_vfs_dev_port_set_rx_line_endings(CONSOLE, ESP_LINE_ENDINGS_CR);
    return open("/dev/uart/0", O_RDWR | O_NONBLOCK);
}

static void bridge_task(void *argument)
{
    int console = open_console();
    while (console >= 0) {
        int server = connect_to_server();
        if (server >= 0) {
            notice_vanished_server(server);
            bridge(console, server);
            close(server);
        }
        vTaskDelay(pdMS_TO_TICKS(RETRY_DELAY_MS));
    }
    ESP_LOGE(TAG, "Unable to open the console: errno %d", errno);
    vTaskDelete(NULL);
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    EventBits_t bits = xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    if (bits & WIFI_CONNECTED_BIT) {
        xTaskCreate(bridge_task, "bridge", 4096, NULL, 5, NULL);
    }
}
