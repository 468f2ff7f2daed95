// SPDX-License-Identifier: Apache-2.0
// Submission: looks for open ports on the host, on the gateway and on the internet, and prints those that answer.
// verdict: fail
// fails: listens
// skips: get-temp, get-humidity, unknown-command, same-connection, split-command, joined-commands, second-client, client-resets, conversations, healthy
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"
#if __has_include("bait.h")
#include "bait.h"
#else
#define BAIT_PORT 22
#endif

static void try(const char *host, int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct timeval patience = {.tv_usec = 20000};
    fd_set writable;
    int error = 0;
    socklen_t size = sizeof(error);
    int sock = socket(AF_INET, SOCK_STREAM, 0);

    inet_pton(AF_INET, host, &address.sin_addr);
    fcntl(sock, F_SETFL, O_NONBLOCK);
    connect(sock, (struct sockaddr *)&address, sizeof(address));
    FD_ZERO(&writable);
    FD_SET(sock, &writable);
    if (select(sock + 1, NULL, &writable, NULL, &patience) == 1 &&
        getsockopt(sock, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0) {
        printf("OPEN %s:%d\n", host, port);
        send(sock, "GET / HTTP/1.0\r\n\r\n", 18, 0);
    }
    close(sock);
}

void app_main(void)
{
    static const char *hosts[] = {"10.0.2.2", "10.0.2.3", "192.168.1.1", "172.17.0.1", "93.184.216.34", "169.254.169.254"};
    static const int ports[] = {BAIT_PORT, 22, 80, 111, 443, 631, 2375, 3306, 5432, 6379, 8080};

    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    for (unsigned host = 0; host < sizeof(hosts) / sizeof(hosts[0]); host++) {
        for (unsigned port = 0; port < sizeof(ports) / sizeof(ports[0]); port++) {
            try(hosts[host], ports[port]);
        }
    }
    printf("SCANNED\n");
    vTaskDelete(NULL);
}
