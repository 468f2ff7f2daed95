// SPDX-License-Identifier: Apache-2.0
// Submission: read() and write() as on any Unix, a reader with a refilled buffer, and a log line for each client only.
// verdict: pass

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

struct reader {
    int fd;
    ssize_t have;
    ssize_t next;
    char data[512];
};

static int next_char(struct reader *r)
{
    if (r->next == r->have) {
        r->have = read(r->fd, r->data, sizeof r->data);
        r->next = 0;
        if (r->have <= 0) {
            return EOF;
        }
    }
    return (unsigned char)r->data[r->next++];
}

// The next line in memory that the caller frees; NULL at the end of the stream.
static char *next_line(struct reader *r)
{
    size_t capacity = 16, length = 0;
    char *line = malloc(capacity);
    int c = EOF;
    while (line != NULL && (c = next_char(r)) != EOF && c != '\n') {
        if (length + 2 > capacity && capacity < 1024) {
            char *larger = realloc(line, capacity *= 2);
            if (larger == NULL) {
                break;
            }
            line = larger;
        }
        if (length + 1 < capacity) {
            line[length++] = (char)c;
        }
    }
    if (line == NULL || c != '\n') {
        free(line);
        return NULL;
    }
    if (length > 0 && line[length - 1] == '\r') {
        length--;
    }
    line[length] = '\0';
    return line;
}

static int write_all(int fd, const char *text)
{
    size_t left = strlen(text);
    while (left > 0) {
        ssize_t n = write(fd, text, left);
        if (n <= 0) {
            return -1;
        }
        text += n;
        left -= n;
    }
    return 0;
}

static void converse(int fd)
{
    static struct reader reader;
    reader = (struct reader){.fd = fd};
    int failed = 0;
    char *line;
    while (!failed && (line = next_line(&reader)) != NULL) {
        if (strcmp(line, "GET_TEMP") == 0) {
            failed = write_all(fd, "Temperature: 19.75 C\n");
        } else if (strcmp(line, "GET_HUMIDITY") == 0) {
            failed = write_all(fd, "Humidity: 61 %\n");
        } else {
            failed = write_all(fd, "Unknown command\n");
        }
        free(line);
    }
}

static void daemon_task(void *arg)
{
    (void)arg;
    struct sockaddr_in me = {.sin_family = AF_INET, .sin_port = htons(3333), .sin_addr.s_addr = INADDR_ANY};
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (s == -1 || bind(s, (struct sockaddr *)&me, sizeof me) == -1 || listen(s, 5) == -1) {
        perror("commandd");
        vTaskDelete(NULL);
    }
    for (unsigned count = 1;; count++) {
        int fd = accept(s, NULL, NULL);
        if (fd == -1) {
            perror("accept");
            sleep(1);
            continue;
        }
        printf("commandd: connection %u\n", count);
        converse(fd);
        close(fd);
    }
}

void app_main(void)
{
    nvs_flash_init();
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    xTaskCreate(daemon_task, "commandd", 4096, NULL, 3, NULL);
}
