// SPDX-License-Identifier: Apache-2.0

/** @file Log lines and the levels of tags. */

#include "esp_log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "kernel.h"
#include "systimer.h"

/** A tag with a level of its own. */
typedef struct tag {
    struct tag *next;
    esp_log_level_t level;
    char name[];
} tag_t;

static tag_t *tags;
static vprintf_like_t print = vprintf;

esp_log_level_t esp_log_default_level = CONFIG_LOG_DEFAULT_LEVEL;

static tag_t *find(const char *name)
{
    tag_t *tag = tags;
    while (tag != NULL && strcmp(tag->name, name) != 0) {
        tag = tag->next;
    }
    return tag;
}

void esp_log_level_set(const char *name, esp_log_level_t level)
{
    if (strcmp(name, "*") == 0) {
        uint32_t state = k_mask();
        tag_t *old = tags;
        tags = NULL;
        esp_log_default_level = level;
        k_unmask(state);
        while (old != NULL) {
            tag_t *next = old->next;
            free(old);
            old = next;
        }
        return;
    }
    tag_t *fresh = malloc(sizeof(tag_t) + strlen(name) + 1);
    uint32_t state = k_mask();
    tag_t *tag = find(name);
    if (tag != NULL) {
        tag->level = level;
    } else if (fresh != NULL) {
        fresh->level = level;
        strcpy(fresh->name, name);
        fresh->next = tags;
        tags = fresh;
        fresh = NULL;
    }
    k_unmask(state);
    free(fresh);
}

esp_log_level_t esp_log_level_get(const char *name)
{
    if (tags == NULL) {
        return esp_log_default_level;
    }
    uint32_t state = k_mask();
    tag_t *tag = find(name);
    esp_log_level_t level = tag != NULL ? tag->level : esp_log_default_level;
    k_unmask(state);
    return level;
}

vprintf_like_t esp_log_set_vprintf(vprintf_like_t func)
{
    uint32_t state = k_mask();
    vprintf_like_t before = print;
    print = func;
    k_unmask(state);
    return before;
}

void esp_log_writev(esp_log_level_t level, const char *tag, const char *format, va_list args)
{
    if (level != ESP_LOG_NONE && level <= esp_log_level_get(tag)) {
        print(format, args);
    }
}

void esp_log_write(esp_log_level_t level, const char *tag, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    esp_log_writev(level, tag, format, args);
    va_end(args);
}

uint32_t esp_log_early_timestamp(void)
{
    return (uint32_t)(systimer_count() / (SYSTIMER_PER_US * 1000));
}

uint32_t esp_log_timestamp(void)
{
    static uint32_t base;
    static bool base_known;
    if (xTaskGetSchedulerState() == taskSCHEDULER_NOT_STARTED) {
        return esp_log_early_timestamp();
    }
    if (!base_known) {
        base_known = true;
        base = esp_log_early_timestamp() - xTaskGetTickCount() * portTICK_PERIOD_MS;
    }
    return base + xTaskGetTickCount() * portTICK_PERIOD_MS;
}

char *esp_log_system_timestamp(void)
{
    static char buffer[18];
    struct timeval tv;
    struct tm local;
    gettimeofday(&tv, NULL);
    localtime_r(&tv.tv_sec, &local);
    snprintf(buffer, sizeof(buffer), "%02d:%02d:%02d.%03ld", local.tm_hour % 24, local.tm_min % 60, local.tm_sec % 61,
             (long)(tv.tv_usec / 1000) % 1000);
    return buffer;
}
