// SPDX-License-Identifier: Apache-2.0
// Submission: misspells the name of a type.
// verdict: fail
// build: compile
// says: sockadr_in
// says: misspelt-type.c

#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

static const char *TAG = "server";

static void server_task(void *arg)
{
    (void)arg;
    int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
    sockadr_in address = {.sin_family = AF_INET, .sin_port = htons(3333), .sin_addr.s_addr = htonl(INADDR_ANY)};
    bind(listener, (struct sockaddr *)&address, sizeof(address));
    listen(listener, 1);
    while (1) {
        int client = accept(listener, NULL, NULL);
        char c;
        while (recv(client, &c, 1, 0) == 1) {
            ESP_LOGI(TAG, "%c", c);
        }
        close(client);
    }
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    xTaskCreate(server_task, "server", 4096, NULL, 5, NULL);
}
