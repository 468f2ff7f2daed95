// SPDX-License-Identifier: Apache-2.0
// Submission: asks recv() for one byte at a time until the line is complete; no task of its own, app_main() serves.
// verdict: pass

#include <stdio.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"
#include "lwip/sockets.h"
#include "nvs_flash.h"
#include "connect_wifi_sta.h"

#define PORT 3333
#define MAX_LINE 64

// Reads one line without its end. Returns its length, or -1 when the client has gone. What is too long is cut off.
static int read_line(int fd, char *line)
{
    int n = 0;
    for (;;) {
        char c;
        if (recv(fd, &c, 1, 0) != 1) {
            return -1;
        }
        if (c == '\n') {
            break;
        }
        if (n < MAX_LINE - 1) {
            line[n++] = c;
        }
    }
    if (n > 0 && line[n - 1] == '\r') {
        n--;
    }
    line[n] = '\0';
    return n;
}

static void say(int fd, const char *text)
{
    send(fd, text, strlen(text), 0);
}

void app_main(void)
{
    nvs_flash_init();
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);

    int server = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in addr = {0};
    addr.sin_family = AF_INET;
    addr.sin_port = htons(PORT);
    addr.sin_addr.s_addr = INADDR_ANY;
    if (server < 0 || bind(server, (struct sockaddr *)&addr, sizeof addr) < 0 || listen(server, 5) < 0) {
        perror("server");
        return;
    }
    printf("waiting for clients on port %d\n", PORT);

    for (;;) {
        int fd = accept(server, NULL, NULL);
        if (fd < 0) {
            perror("accept");
            vTaskDelay(10);
            continue;
        }
        printf("hello, client %d\n", fd);
        char line[MAX_LINE];
        while (read_line(fd, line) >= 0) {
            printf("  <%s>\n", line);
            if (!strcmp(line, "GET_TEMP")) {
                say(fd, "Temperature: 25.5 C\n");
            } else if (!strcmp(line, "GET_HUMIDITY")) {
                say(fd, "Humidity: 45.2 %\n");
            } else {
                say(fd, "Unknown command\n");
            }
        }
        printf("bye, client %d\n", fd);
        close(fd);
    }
}
