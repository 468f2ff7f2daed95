// SPDX-License-Identifier: Apache-2.0
// Submission: a task that only prints a greeting returns from its function.
// verdict: fail
// fails: address, healthy
// skips: listens, get-temp, get-humidity, unknown-command, same-connection, split-command, joined-commands, second-client, client-resets, conversations
// hint: address: vTaskDelete(NULL)
// hint: healthy: vTaskDelete(NULL)

#include <errno.h>
#include <string.h>

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_system.h"
#include "esp_wifi.h"
#include "esp_event.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "esp_netif.h"

#include "lwip/err.h"
#include "lwip/sockets.h"
#include "lwip/sys.h"
#include <lwip/netdb.h>

#include "connect_wifi_sta.h"

static const char *TAG_TCP_SERVER = "tcp_server";

#define TCP_SERVER_PORT 3333
#define KEEPALIVE_IDLE 5
#define KEEPALIVE_INTERVAL 5
#define KEEPALIVE_COUNT 3

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

// Answers the complete lines at the start of the buffer and returns how many bytes of an incomplete one are left in it.
static int handle_lines(int sock, char *buffer, int used)
{
    buffer[used] = 0;
    char *start = buffer;
    char *end;
    while ((end = strchr(start, '\n')) != NULL) {
        *end = 0;
        if (end > start && end[-1] == '\r') {
            end[-1] = 0;
        }
        ESP_LOGI(TAG_TCP_SERVER, "Command: %s", start);
        const char *answer = answer_to(start);
        if (send(sock, answer, strlen(answer), 0) < 0) {
            ESP_LOGE(TAG_TCP_SERVER, "Error occurred during sending: errno %d", errno);
            return -1;
        }
        start = end + 1;
    }
    used -= start - buffer;
    memmove(buffer, start, used);
    return used;
}

static void tcp_server_task(void *pvParameters)
{
    (void)pvParameters;
    char rx_buffer[128];
    struct sockaddr_in server_addr, client_addr;
    socklen_t client_addr_len = sizeof(client_addr);
    int listen_sock = -1;

    listen_sock = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
    if (listen_sock < 0) {
        ESP_LOGE(TAG_TCP_SERVER, "Unable to create socket: errno %d", errno);
        goto server_cleanup;
    }

    memset(&server_addr, 0, sizeof(server_addr));
    server_addr.sin_family = AF_INET;
    server_addr.sin_addr.s_addr = htonl(INADDR_ANY);
    server_addr.sin_port = htons(TCP_SERVER_PORT);
    int err = bind(listen_sock, (struct sockaddr *)&server_addr, sizeof(server_addr));
    if (err != 0) {
        ESP_LOGE(TAG_TCP_SERVER, "Socket bind failed: errno %d", errno);
        goto server_cleanup;
    }
    err = listen(listen_sock, 1);
    if (err != 0) {
        ESP_LOGE(TAG_TCP_SERVER, "Error occurred during listen: errno %d", errno);
        goto server_cleanup;
    }
    ESP_LOGI(TAG_TCP_SERVER, "Socket listening...");

    while (1) {
        client_addr_len = sizeof(client_addr);
        int connected_sock = accept(listen_sock, (struct sockaddr *)&client_addr, &client_addr_len);
        if (connected_sock < 0) {
            ESP_LOGE(TAG_TCP_SERVER, "Unable to accept connection: errno %d", errno);
            vTaskDelay(pdMS_TO_TICKS(100));
            continue;
        }
        ESP_LOGI(TAG_TCP_SERVER, "Connection accepted from %s:%d", inet_ntoa(client_addr.sin_addr),
                 ntohs(client_addr.sin_port));

        int keepalive = 1;
        int idle = KEEPALIVE_IDLE;
        int interval = KEEPALIVE_INTERVAL;
        int count = KEEPALIVE_COUNT;
        setsockopt(connected_sock, SOL_SOCKET, SO_KEEPALIVE, &keepalive, sizeof(int));
        setsockopt(connected_sock, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof(int));
        setsockopt(connected_sock, IPPROTO_TCP, TCP_KEEPINTVL, &interval, sizeof(int));
        setsockopt(connected_sock, IPPROTO_TCP, TCP_KEEPCNT, &count, sizeof(int));

        int used = 0;
        while (used >= 0) {
            if (used == sizeof(rx_buffer) - 1) {
                ESP_LOGW(TAG_TCP_SERVER, "Line too long, dropped");
                used = 0;
            }
            int len = recv(connected_sock, rx_buffer + used, sizeof(rx_buffer) - 1 - used, 0);
            if (len < 0) {
                ESP_LOGE(TAG_TCP_SERVER, "recv failed: errno %d", errno);
                break;
            }
            if (len == 0) {
                ESP_LOGW(TAG_TCP_SERVER, "Connection closed by client");
                break;
            }
            used = handle_lines(connected_sock, rx_buffer, used + len);
        }

        ESP_LOGI(TAG_TCP_SERVER, "Closing connection");
        shutdown(connected_sock, SHUT_RDWR);
        close(connected_sock);
    }

server_cleanup:
    if (listen_sock != -1) {
        close(listen_sock);
    }
    ESP_LOGE(TAG_TCP_SERVER, "TCP server task exiting due to error.");
    vTaskDelete(NULL);
}

static void greeting_task(void *pvParameters)
{
    (void)pvParameters;
    ESP_LOGI(TAG_TCP_SERVER, "Hello, I am the command server");
}

void app_main(void)
{
    esp_err_t ret = nvs_flash_init();
    if (ret == ESP_ERR_NVS_NO_FREE_PAGES || ret == ESP_ERR_NVS_NEW_VERSION_FOUND) {
        ESP_ERROR_CHECK(nvs_flash_erase());
        ret = nvs_flash_init();
    }
    ESP_ERROR_CHECK(ret);

    xTaskCreate(greeting_task, "greeting", 4096, NULL, 6, NULL);
    connect_wifi_sta();
    EventBits_t bits = xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    if (bits & WIFI_CONNECTED_BIT) {
        xTaskCreate(tcp_server_task, "tcp_server", 4096, NULL, 5, NULL);
    }
}
