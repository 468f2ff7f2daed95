// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * ESP-IDF's C API as Swift sees it: the headers that TCP programs need, and as functions what they define as macros with
 * arguments, which Swift does not import. A function has the name of its macro, so htons(), ESP_LOGI() or
 * xSemaphoreTake() are called in Swift as in C. Swift knows this header as the module CESP32; a bridging header may
 * include it as well.
 */

#include <string.h>

#include "connect_wifi_sta.h"
#include "driver/uart.h"
#include "esp32_swift_libc.h"
#include "esp_err.h"
#include "esp_event.h"
#include "esp_log.h"
#include "esp_netif.h"
#include "esp_random.h"
#include "esp_system.h"
#include "esp_task_wdt.h"
#include "esp_timer.h"
#include "esp_wifi.h"
#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"
#include "freertos/queue.h"
#include "freertos/semphr.h"
#include "freertos/stream_buffer.h"
#include "freertos/task.h"
#include "lwip/netdb.h"
#include "lwip/sockets.h"
#include "nvs_flash.h"

/* A name in parentheses is not taken for the macro of that name. */

/* Byte order (lwip/def.h). */
static inline uint16_t(htons)(uint16_t value)
{
    return htons(value);
}
static inline uint16_t(ntohs)(uint16_t value)
{
    return ntohs(value);
}
static inline uint32_t(htonl)(uint32_t value)
{
    return htonl(value);
}
static inline uint32_t(ntohl)(uint32_t value)
{
    return ntohl(value);
}

/* Addresses as text: the result of inet_ntoa() is good until the next call. */
static inline char *(inet_ntoa)(struct in_addr address)
{
    return inet_ntoa(address);
}
static inline in_addr_t(inet_addr)(const char *text)
{
    return inet_addr(text);
}

/* Sets of descriptors, for select(). */
static inline void(FD_ZERO)(fd_set *set)
{
    FD_ZERO(set);
}
static inline void(FD_SET)(int descriptor, fd_set *set)
{
    FD_SET(descriptor, set);
}
static inline void(FD_CLR)(int descriptor, fd_set *set)
{
    FD_CLR(descriptor, set);
}
static inline int(FD_ISSET)(int descriptor, fd_set *set)
{
    return FD_ISSET(descriptor, set) != 0;
}

/** Converts milliseconds to ticks of the scheduler, rounding down: 9 ms are no tick at 100 Hz. */
static inline TickType_t(pdMS_TO_TICKS)(uint32_t milliseconds)
{
    return pdMS_TO_TICKS(milliseconds);
}

/* Semaphores, mutexes and queues (freertos/semphr.h, freertos/queue.h). */
static inline SemaphoreHandle_t(xSemaphoreCreateMutex)(void)
{
    return xSemaphoreCreateMutex();
}
static inline SemaphoreHandle_t(xSemaphoreCreateBinary)(void)
{
    return xSemaphoreCreateBinary();
}
static inline SemaphoreHandle_t(xSemaphoreCreateCounting)(UBaseType_t maximum, UBaseType_t initial)
{
    return xSemaphoreCreateCounting(maximum, initial);
}
static inline void(vSemaphoreDelete)(SemaphoreHandle_t semaphore)
{
    vSemaphoreDelete(semaphore);
}
static inline BaseType_t(xSemaphoreTake)(SemaphoreHandle_t semaphore, TickType_t ticks)
{
    return xSemaphoreTake(semaphore, ticks);
}
static inline BaseType_t(xSemaphoreGive)(SemaphoreHandle_t semaphore)
{
    return xSemaphoreGive(semaphore);
}
static inline QueueHandle_t(xQueueCreate)(UBaseType_t length, UBaseType_t item_size)
{
    return xQueueCreate(length, item_size);
}
static inline BaseType_t(xQueueSend)(QueueHandle_t queue, const void *item, TickType_t ticks)
{
    return xQueueSend(queue, item, ticks);
}

/* Log lines (esp_log.h): a text instead of a format, since Swift has its own way of putting values into texts. */
static inline void(ESP_LOGE)(const char *tag, const char *text)
{
    ESP_LOGE(tag, "%s", text);
}
static inline void(ESP_LOGW)(const char *tag, const char *text)
{
    ESP_LOGW(tag, "%s", text);
}
static inline void(ESP_LOGI)(const char *tag, const char *text)
{
    ESP_LOGI(tag, "%s", text);
}
static inline void(ESP_LOGD)(const char *tag, const char *text)
{
    ESP_LOGD(tag, "%s", text);
}
static inline void(ESP_LOGV)(const char *tag, const char *text)
{
    ESP_LOGV(tag, "%s", text);
}

/** Ends the program when @p code is not ESP_OK, as the macro does. */
static inline void(ESP_ERROR_CHECK)(esp_err_t code)
{
    ESP_ERROR_CHECK(code);
}

/** Writes a log line whose text is not terminated by '\0'. For the Swift module. */
static inline void esp32_swift_log(esp_log_level_t level, const char *tag, const char *text, int length)
{
    ESP_LOG_LEVEL_LOCAL(level, tag, "%.*s", length, text);
}
