// SPDX-License-Identifier: Apache-2.0
// Submission: sends datagrams to every port of the gateway and of the name server without end.
// verdict: fail
// fails: listens
// skips: get-temp, get-humidity, unknown-command, same-connection, split-command, joined-commands, second-client, client-resets, conversations, healthy
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

void app_main(void)
{
    static char datagram[1400];
    struct sockaddr_in address = {.sin_family = AF_INET};

    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    memset(datagram, 'x', sizeof(datagram));
    for (unsigned port = 1;; port++) {
        inet_pton(AF_INET, port % 2 ? "10.0.2.2" : "10.0.2.3", &address.sin_addr);
        address.sin_port = htons(port % 65535 + 1);
        if (sendto(sock, datagram, sizeof(datagram), 0, (struct sockaddr *)&address, sizeof(address)) < 0 || port % 100 == 0) {
            /* What takes all of the processor is another mistake. */
            vTaskDelay(1);
        }
    }
}
