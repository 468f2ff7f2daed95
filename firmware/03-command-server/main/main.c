// SPDX-License-Identifier: Apache-2.0

/**
 * Exercise 3: a server that answers commands.
 *
 * A command is a line: it ends with LF, and a CR before that does not count. Each command gets one line in answer. TCP
 * is a stream without borders between messages, so one recv() may bring half a command or several: what arrives is
 * gathered until a line is whole.
 */

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "connect_wifi_sta.h"
#include "esp_err.h"
#include "esp_log.h"
#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"
#include "freertos/task.h"
#include "lwip/sockets.h"
#include "nvs_flash.h"

#define PORT 3333
#define BACKLOG 4       // clients that wait while another is being served
#define LINE_SIZE 64     // a longer line cannot be a command
#define RECEIVE_SIZE 128

// A client that vanishes without a word is given up after 5 + 3 * 5 seconds.
#define KEEPALIVE_IDLE 5
#define KEEPALIVE_INTERVAL 5
#define KEEPALIVE_COUNT 3

static const char *TAG = "command_server";

static const struct {
    const char *command;
    const char *answer;
} ANSWERS[] = {
    {"GET_TEMP", "Temperature: 25.5 C\n"},
    {"GET_HUMIDITY", "Humidity: 45.2 %\n"},
};

/** The line that is arriving. */
struct line {
    char text[LINE_SIZE];
    size_t length;
    bool is_too_long;
};

/** Sends everything, however little one send() takes. False when the connection is broken. */
static bool send_all(int client, const char *data, size_t length)
{
    while (length > 0) {
        ssize_t sent = send(client, data, length, 0);
        if (sent < 0) {
            ESP_LOGW(TAG, "send failed: errno %d", errno);
            return false;
        }
        data += sent;
        length -= sent;
    }
    return true;
}

static const char *answer_to(const struct line *line)
{
    size_t length = line->length;
    if (length > 0 && line->text[length - 1] == '\r') {
        length--;
    }
    for (size_t i = 0; i < sizeof(ANSWERS) / sizeof(ANSWERS[0]) && !line->is_too_long; i++) {
        const char *command = ANSWERS[i].command;
        if (length == strlen(command) && memcmp(line->text, command, length) == 0) {
            return ANSWERS[i].answer;
        }
    }
    return "Unknown command\n";
}

/** Takes one byte of the stream; at the end of a line, answers it. False when the connection is broken. */
static bool take_byte(int client, struct line *line, char byte)
{
    if (byte != '\n') {
        if (line->length < sizeof(line->text)) {
            line->text[line->length++] = byte;
        } else {
            line->is_too_long = true;
        }
        return true;
    }
    const char *answer = answer_to(line);
    line->length = 0;
    line->is_too_long = false;
    return send_all(client, answer, strlen(answer));
}

/** Serves a client until it leaves. */
static void serve(int client)
{
    struct line line = {0};
    char received[RECEIVE_SIZE];
    for (;;) {
        ssize_t count = recv(client, received, sizeof(received), 0);
        if (count == 0) {
            ESP_LOGI(TAG, "The client has left");
            return;
        }
        if (count < 0) {
            ESP_LOGW(TAG, "recv failed: errno %d", errno);
            return;
        }
        for (ssize_t i = 0; i < count; i++) {
            if (!take_byte(client, &line, received[i])) {
                return;
            }
        }
    }
}

static void notice_vanished_client(int client)
{
    int on = 1;
    int idle = KEEPALIVE_IDLE;
    int interval = KEEPALIVE_INTERVAL;
    int count = KEEPALIVE_COUNT;
    setsockopt(client, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
    setsockopt(client, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof(idle));
    setsockopt(client, IPPROTO_TCP, TCP_KEEPINTVL, &interval, sizeof(interval));
    setsockopt(client, IPPROTO_TCP, TCP_KEEPCNT, &count, sizeof(count));
}

/** Opens the listening socket; -1 when that fails. */
static int open_listener(void)
{
    int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
    if (listener < 0) {
        ESP_LOGE(TAG, "socket failed: errno %d", errno);
        return -1;
    }
    int on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_ANY),
        .sin_port = htons(PORT),
    };
    if (bind(listener, (struct sockaddr *)&address, sizeof(address)) != 0 || listen(listener, BACKLOG) != 0) {
        ESP_LOGE(TAG, "Listening on port %d failed: errno %d", PORT, errno);
        close(listener);
        return -1;
    }
    return listener;
}

static void command_server_task(void *argument)
{
    int listener = open_listener();
    while (listener >= 0) {
        struct sockaddr_in peer;
        socklen_t peer_length = sizeof(peer);
        int client = accept(listener, (struct sockaddr *)&peer, &peer_length);
        if (client < 0) {
            ESP_LOGE(TAG, "accept failed: errno %d", errno);
            vTaskDelay(pdMS_TO_TICKS(100)); // the listening socket is good: try again, but leave others some time
            continue;
        }
        ESP_LOGI(TAG, "Serving %s:%u", inet_ntoa(peer.sin_addr), ntohs(peer.sin_port));
        notice_vanished_client(client);
        serve(client);
        close(client);
    }
    vTaskDelete(NULL);
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    EventBits_t bits = xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    if (bits & WIFI_CONNECTED_BIT) {
        xTaskCreate(command_server_task, "command_server", 4096, NULL, 5, NULL);
    }
}
