// SPDX-License-Identifier: Apache-2.0
// Submission: sends the answer on the listening socket, which is connected to nobody.
// verdict: fail
// fails: get-temp, get-humidity, unknown-command, same-connection, split-command, joined-commands, second-client, client-resets
// skips: conversations
// hint: get-temp: nothing came back

#include <errno.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

#define PORT 3333

static const char *TAG = "server";

static int listen_sock;
static int client_sock;

static const char *answer_to(const char *command)
{
    if (strcmp(command, "GET_TEMP") == 0) {
        return "Temperature: 25.5 C\n";
    }
    if (strcmp(command, "GET_HUMIDITY") == 0) {
        return "Humidity: 45.2 %\n";
    }
    return "Unknown command\n";
}

static void handle_command(const char *command)
{
    const char *answer = answer_to(command);
    int sent = send(listen_sock, answer, strlen(answer), 0);
    ESP_LOGI(TAG, "%s: sent %d bytes", command, sent);
}

static void serve_client(void)
{
    char line[64];
    int length = 0;
    char c;
    while (recv(client_sock, &c, 1, 0) == 1) {
        if (c == '\n') {
            line[length] = 0;
            length = 0;
            handle_command(line);
        } else if (c != '\r' && length < (int)sizeof(line) - 1) {
            line[length++] = c;
        }
    }
}

static int open_listener(void)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons(PORT),
        .sin_addr.s_addr = htonl(INADDR_ANY),
    };
    int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof(address)) != 0 || listen(listener, 1) != 0) {
        ESP_LOGE(TAG, "Unable to listen: errno %d", errno);
        vTaskDelete(NULL);
    }
    ESP_LOGI(TAG, "Listening on port %d", PORT);
    return listener;
}

static void server_task(void *arg)
{
    (void)arg;
    listen_sock = open_listener();
    while (1) {
        client_sock = accept(listen_sock, NULL, NULL);
        if (client_sock < 0) {
            vTaskDelay(pdMS_TO_TICKS(100));
            continue;
        }
        serve_client();
        close(client_sock);
    }
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    EventBits_t bits = xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    if (bits & WIFI_CONNECTED_BIT) {
        xTaskCreate(server_task, "server", 4096, NULL, 5, NULL);
    }
}
