// SPDX-License-Identifier: Apache-2.0

/** @file The log: its format, its levels, dumps of memory. */

#include "topics.h"

#include "esp_log.h"

static const char *TAG = "a tag";

static int upside_down(const char *format, va_list arguments)
{
    int length = printf("<");
    length += vprintf(format, arguments);
    return length;
}

void topic_log(void)
{
    ESP_LOGE(TAG, "error %d", 1);
    ESP_LOGW(TAG, "warning %s", "two");
    ESP_LOGI(TAG, "info %c %x %5.2f", 'c', 0xabc, 3.14159);
    ESP_LOGD(TAG, "debug is compiled out");
    ESP_LOGV(TAG, "and so is verbose");
    ESP_EARLY_LOGI(TAG, "early %d %s %x", -5, "text", 255);
    ESP_DRAM_LOGW("dram", "early %u", 5);
    SHOW(esp_log_level_get(TAG));
    esp_log_level_set(TAG, ESP_LOG_WARN);
    SHOW(esp_log_level_get(TAG));
    ESP_LOGI(TAG, "not shown");
    ESP_LOGW(TAG, "shown");
    ESP_LOGI("another", "shown");
    esp_log_level_set("*", ESP_LOG_ERROR);
    SHOW(esp_log_level_get(TAG));
    ESP_LOGW("another", "not shown");
    ESP_LOGW(TAG, "not shown either: the star resets all");
    esp_log_level_set("*", ESP_LOG_INFO);
    ESP_LOG_LEVEL(ESP_LOG_INFO, TAG, "level %s", "as an argument");
    ESP_LOG_LEVEL_LOCAL(ESP_LOG_DEBUG, TAG, "too low");
    esp_log_write(ESP_LOG_INFO, TAG, "written as it is %d\n", 3);

    uint8_t bytes[37];
    for (size_t i = 0; i < sizeof(bytes); i++) {
        bytes[i] = (uint8_t)(i * 7 + 30);
    }
    ESP_LOG_BUFFER_HEX(TAG, bytes, sizeof(bytes));
    ESP_LOG_BUFFER_CHAR(TAG, "characters as they are, twenty and more", 39);
    ESP_LOG_BUFFER_HEX_LEVEL(TAG, bytes, 3, ESP_LOG_WARN);
    ESP_LOG_BUFFER_HEX_LEVEL(TAG, bytes, 3, ESP_LOG_DEBUG);

    vprintf_like_t before = esp_log_set_vprintf(upside_down);
    ESP_LOGI(TAG, "through another function");
    esp_log_set_vprintf(before);
    char stamp[20];
    SHOW(strlen(esp_log_system_timestamp()));
    snprintf(stamp, sizeof(stamp), "%lu", (unsigned long)esp_log_timestamp());
    SHOW(strlen(stamp) > 1);
}
