// SPDX-License-Identifier: Apache-2.0
// Submission: gives up after five retries, also when the fifth retry has succeeded.
// verdict: fail
// fails: conversations

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/netdb.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

#define SERVER_NAME "tcpbin.com"
#define SERVER_PORT 4242
#define MAX_RETRIES 5

static const char *TAG = "retry_backoff";

static bool look_up(struct sockaddr_in *server)
{
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    int error = getaddrinfo(SERVER_NAME, NULL, &hints, &found);
    if (error != 0 || found == NULL) {
        ESP_LOGE(TAG, "DNS lookup of %s failed: %d", SERVER_NAME, error);
        return false;
    }
    memcpy(server, found->ai_addr, sizeof(*server));
    server->sin_port = htons(SERVER_PORT);
    freeaddrinfo(found);
    return true;
}

static int try_to_connect(const struct sockaddr_in *server)
{
    int sock = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
    if (sock < 0) {
        ESP_LOGW(TAG, "Unable to create socket: errno %d", errno);
        return -1;
    }
    if (connect(sock, (const struct sockaddr *)server, sizeof(*server)) != 0) {
        ESP_LOGW(TAG, "Socket connect failed: errno %d", errno);
        close(sock);
        return -1;
    }
    return sock;
}

static void talk(int sock)
{
    const char *greeting = "Hello from ESP32!\r\n";
    char answer[128];
    if (send(sock, greeting, strlen(greeting), 0) < 0) {
        ESP_LOGW(TAG, "Error occurred during sending: errno %d", errno);
        return;
    }
    int length = recv(sock, answer, sizeof(answer), 0);
    ESP_LOGI(TAG, "Received: %.*s", length > 0 ? length : 0, answer);
}

static void client_task(void *arg)
{
    (void)arg;

    struct sockaddr_in server;
    if (!look_up(&server)) {
        vTaskDelete(NULL);
    }

    int retries = 0;
    uint32_t delay_s = 1;

    ESP_LOGI(TAG, "Attempt 1");
    int sock = try_to_connect(&server);
    while (sock < 0 && retries < MAX_RETRIES) {
        ESP_LOGI(TAG, "Waiting %" PRIu32 " s before the next attempt", delay_s);
        vTaskDelay(pdMS_TO_TICKS(delay_s * 1000));
        delay_s *= 2;
        retries++;
        ESP_LOGI(TAG, "Attempt %d", retries + 1);
        sock = try_to_connect(&server);
    }

    if (retries == MAX_RETRIES) {
        ESP_LOGE(TAG, "All retries used up, giving up");
        vTaskDelete(NULL);
    }

    ESP_LOGI(TAG, "Connected");
    talk(sock);
    shutdown(sock, SHUT_RDWR);
    close(sock);
    vTaskDelete(NULL);
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();

    EventBits_t bits = xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    if (bits & WIFI_CONNECTED_BIT) {
        xTaskCreate(client_task, "client", 4096, NULL, 5, NULL);
    }
}
