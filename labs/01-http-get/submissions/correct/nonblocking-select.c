// SPDX-License-Identifier: Apache-2.0
// Submission: gethostbyname(), a non-blocking connect() that select() waits for, everything in app_main(), output with printf().
// verdict: pass

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"
#include "lwip/netdb.h"
#include "lwip/sockets.h"
#include "nvs_flash.h"
#include "connect_wifi_sta.h"

#define WAIT_SECONDS 10

static char part[1460];

// Waits until the socket can be read from, or written to. False when it takes too long.
static bool wait_for(int fd, bool writing)
{
    fd_set set;
    FD_ZERO(&set);
    FD_SET(fd, &set);
    struct timeval timeout = {.tv_sec = WAIT_SECONDS};
    return select(fd + 1, writing ? NULL : &set, writing ? &set : NULL, NULL, &timeout) == 1;
}

static int dial(const char *name, uint16_t port)
{
    struct hostent *host = gethostbyname(name);
    if (host == NULL || host->h_addr_list[0] == NULL) {
        printf("error: no address for %s\n", name);
        return -1;
    }
    struct sockaddr_in server = {0};
    server.sin_family = AF_INET;
    server.sin_port = htons(port);
    memcpy(&server.sin_addr, host->h_addr_list[0], sizeof(server.sin_addr));

    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0) {
        perror("socket");
        return -1;
    }
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL, 0) | O_NONBLOCK);
    if (connect(fd, (struct sockaddr *)&server, sizeof server) < 0 && errno != EINPROGRESS) {
        perror("connect");
        close(fd);
        return -1;
    }
    int problem = 0;
    socklen_t length = sizeof problem;
    if (!wait_for(fd, true)) {
        problem = ETIMEDOUT;
    } else {
        getsockopt(fd, SOL_SOCKET, SO_ERROR, &problem, &length);
    }
    if (problem != 0) {
        printf("error: connecting to %s failed: %s\n", inet_ntoa(server.sin_addr), strerror(problem));
        close(fd);
        return -1;
    }
    return fd;
}

void app_main(void)
{
    nvs_flash_init();
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);

    int fd = dial("httpbin.org", 80);
    if (fd < 0) {
        return;
    }
    const char request[] = "GET /ip HTTP/1.1\r\nHost: httpbin.org\r\nConnection: close\r\n\r\n";
    size_t sent = 0;
    while (sent < strlen(request) && wait_for(fd, true)) {
        int n = write(fd, request + sent, strlen(request) - sent);
        if (n < 0 && errno != EAGAIN) {
            perror("write");
            break;
        }
        sent += n > 0 ? n : 0;
    }
    while (wait_for(fd, false)) {
        int n = read(fd, part, sizeof part);
        if (n == 0) {
            break;
        }
        if (n < 0) {
            if (errno == EAGAIN) {
                continue;
            }
            perror("read");
            break;
        }
        printf("%.*s", n, part);
    }
    close(fd);
    printf("\nbye\n");
}
