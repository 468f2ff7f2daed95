// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <string.h>
#include <unistd.h>
#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"
#include "freertos/task.h"
#include "esp_log.h"
#include "lwip/sockets.h"
#include "nvs_flash.h"
#include "sdkconfig.h"
#include "connect_wifi_sta.h"

// What Swift does not import: macros with arguments, and functions with any number of them.
static inline void log_info(const char *text)
{
    ESP_LOGI("server", "%s", text);
}

static inline struct sockaddr_in any_address(uint16_t port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_ANY)};
    return address;
}
