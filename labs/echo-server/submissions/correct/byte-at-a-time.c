// SPDX-License-Identifier: Apache-2.0
// Submission: uses read() and write(), and carries a single byte at a time.
// verdict: pass

#include <stdio.h>
#include <unistd.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "lwip/netdb.h"
#include "connect_wifi_sta.h"

static int listen_on(const char *port)
{
    const struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE};
    struct addrinfo *found = NULL;
    if (getaddrinfo(NULL, port, &hints, &found) != 0 || found == NULL) {
        return -1;
    }
    int fd = socket(found->ai_family, found->ai_socktype, found->ai_protocol);
    if (fd >= 0 && (bind(fd, found->ai_addr, found->ai_addrlen) != 0 || listen(fd, 2) != 0)) {
        close(fd);
        fd = -1;
    }
    freeaddrinfo(found);
    return fd;
}

static void notice_if_gone(int fd)
{
    int value = 1;
    setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &value, sizeof(value));
    value = 5;
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &value, sizeof(value));
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &value, sizeof(value));
    value = 3;
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &value, sizeof(value));
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
}

static void echo_task(void *unused)
{
    (void)unused;
    int listener = listen_on("3333");
    if (listener < 0) {
        printf("no listening socket\n");
        vTaskDelete(NULL);
    }
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        if (fd < 0) {
            perror("accept");
            vTaskDelay(10);
            continue;
        }
        notice_if_gone(fd);
        unsigned bytes = 0;
        char byte;
        while (read(fd, &byte, 1) == 1 && write(fd, &byte, 1) == 1) {
            bytes++;
        }
        printf("echoed %u bytes\n", bytes);
        close(fd);
    }
}

void app_main(void)
{
    nvs_flash_init();
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    xTaskCreate(echo_task, "echo", 4096, NULL, tskIDLE_PRIORITY + 1, NULL);
}
