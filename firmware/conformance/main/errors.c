// SPDX-License-Identifier: Apache-2.0

/** @file esp_err_t: names and checks. */

#include "topics.h"

#include "esp_check.h"
#include "esp_event.h"
#include "esp_log.h"
#include "esp_netif.h"

static const char *TAG = "errors";

static esp_err_t returns_on_error(esp_err_t error)
{
    ESP_RETURN_ON_ERROR(error, TAG, "it was %d", error);
    return ESP_OK;
}

static esp_err_t returns_on_false(bool condition)
{
    ESP_RETURN_ON_FALSE(condition, ESP_ERR_INVALID_ARG, TAG, "false");
    return ESP_OK;
}

static esp_err_t goes_on_error(esp_err_t error)
{
    esp_err_t ret = ESP_OK;
    ESP_GOTO_ON_ERROR(error, end, TAG, "went");
    return 1;
end:
    return ret;
}

void topic_errors(void)
{
    static const esp_err_t errors[] = {0, -1, 0x101, 0x102, 0x103, 0x104, 0x105, 0x106, 0x107, 0x108, 0x109, 0x10a,
        0x10b, 0x10c, 0x10d, 0x5001, 0x5005, 1, 2, 11, 104, 113, 0x12345};
    for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
        printf("%#x %s\n", errors[i], esp_err_to_name(errors[i]));
    }
    char text[20];
    SHOW_TEXT(esp_err_to_name_r(ESP_ERR_NO_MEM, text, sizeof(text)));
    SHOW_TEXT(esp_err_to_name_r(0x7777, text, sizeof(text)));
    STATUS(returns_on_error(ESP_ERR_TIMEOUT));
    STATUS(returns_on_error(ESP_OK));
    STATUS(returns_on_false(false));
    STATUS(goes_on_error(ESP_ERR_NOT_FOUND));
    for (int i = 0; i < 160; i++) {
        const char *message = strerror(i);
        if (message != NULL && message[0] != '\0') {
            printf("%d %s\n", i, message);
        }
    }
}
