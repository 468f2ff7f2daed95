// SPDX-License-Identifier: Apache-2.0
// Submission: sends four thousand frames that no network stack would send, and then is a correct command server.
// verdict: pass
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"
#include "freertos/task.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "attack.h"
#include "connect_wifi_sta.h"

static const char *answer_to(const char *command)
{
    if (strcmp(command, "GET_TEMP") == 0) {
        return "Temperature: 25.5 C\n";
    }
    return strcmp(command, "GET_HUMIDITY") == 0 ? "Humidity: 45.2 %\n" : "Unknown command\n";
}

static void serve(int listener)
{
    char line[512];
    int sock = accept(listener, NULL, NULL);
    FILE *client = sock < 0 ? NULL : fdopen(sock, "r");

    if (client == NULL) {
        close(sock);
        return;
    }
    while (fgets(line, sizeof(line), client) != NULL) {
        line[strcspn(line, "\r\n")] = '\0';
        const char *answer = answer_to(line);
        send(sock, answer, strlen(answer), 0);
    }
    fclose(client);
}

void app_main(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(3333)};

    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    send_malformed_frames(4000);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&address, sizeof(address)) != 0 || listen(listener, 2) != 0) {
        abort();
    }
    for (;;) {
        serve(listener);
    }
}
