// SPDX-License-Identifier: Apache-2.0
// Submission: one task and no driver: fgets() from a console that never waits, and recv() with MSG_DONTWAIT. Ends when the server goes.
// verdict: pass

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

static char line[129];

// Collects what has been typed so far; true when a line is complete.
static bool read_line(void)
{
    size_t used = strlen(line);
    if (fgets(line + used, sizeof(line) - used, stdin) == NULL) {
        clearerr(stdin);
        return false;
    }
    used = strlen(line);
    return line[used - 1] == '\n' || used == sizeof(line) - 1;
}

static bool send_line(int sock)
{
    const char *rest = line;
    while (*rest != '\0') {
        int n = write(sock, rest, strlen(rest));
        if (n < 0) {
            return false;
        }
        rest += n;
    }
    line[0] = '\0';
    return true;
}

static bool print_received(int sock)
{
    char buffer[100];
    int n = recv(sock, buffer, sizeof(buffer), MSG_DONTWAIT);
    if (n > 0) {
        fwrite(buffer, 1, n, stdout);
        fflush(stdout);
        return true;
    }
    return n < 0 && errno == EAGAIN;
}

static void bridge(void *arg)
{
    (void)arg;
    int sock = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(5000)};
    server.sin_addr.s_addr = inet_addr("10.0.2.2");
    if (sock >= 0 && connect(sock, (struct sockaddr *)&server, sizeof(server)) == 0) {
        printf("Connected. Type away!\n");
        while (print_received(sock)) {
            if (read_line()) {
                if (!send_line(sock)) {
                    break;
                }
            } else {
                vTaskDelay(1);
            }
        }
        printf("The connection is over.\n");
    } else {
        printf("No connection: %s\n", strerror(errno));
    }
    if (sock >= 0) {
        close(sock);
    }
    vTaskDelete(NULL);
}

void app_main(void)
{
    nvs_flash_init();
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    xTaskCreate(bridge, "bridge", 4096, NULL, 5, NULL);
}
