// SPDX-License-Identifier: Apache-2.0

/** @file Posting events. */

#include <stdlib.h>
#include <string.h>

#include "loop.h"

esp_err_t esp_event_post_to(esp_event_loop_handle_t event_loop, esp_event_base_t event_base, int32_t event_id,
                            const void *event_data, size_t event_data_size, TickType_t ticks_to_wait)
{
    if (event_loop == NULL || event_base == ESP_EVENT_ANY_BASE || event_id == ESP_EVENT_ANY_ID) {
        return ESP_ERR_INVALID_ARG;
    }
    struct event_loop *loop = event_loop;
    struct post post = {.base = event_base, .id = event_id};
    if (event_data != NULL && event_data_size > 0) {
        post.data = malloc(event_data_size);
        if (post.data == NULL) {
            return ESP_ERR_NO_MEM;
        }
        memcpy(post.data, event_data, event_data_size);
    }
    TaskHandle_t self = xTaskGetCurrentTaskHandle();
    if (loop->running == self || loop->task == self) {
        ticks_to_wait = 0; // the task that would make room is this one
    }
    if (xQueueSendToBack(loop->queue, &post, ticks_to_wait) != pdTRUE) {
        free(post.data);
        return ESP_ERR_TIMEOUT;
    }
    return ESP_OK;
}

esp_err_t esp_event_post(esp_event_base_t event_base, int32_t event_id, const void *event_data, size_t event_data_size,
                         TickType_t ticks_to_wait)
{
    if (esp_event_default_loop == NULL) {
        return ESP_ERR_INVALID_STATE;
    }
    return esp_event_post_to(esp_event_default_loop, event_base, event_id, event_data, event_data_size, ticks_to_wait);
}

esp_err_t esp_event_isr_post_to(esp_event_loop_handle_t event_loop, esp_event_base_t event_base, int32_t event_id,
                                const void *event_data, size_t event_data_size, BaseType_t *task_unblocked)
{
    struct post post = {.base = event_base, .id = event_id};
    if (event_loop == NULL || event_base == ESP_EVENT_ANY_BASE || event_id == ESP_EVENT_ANY_ID ||
        event_data_size > sizeof(post.inline_data)) {
        return ESP_ERR_INVALID_ARG;
    }
    if (event_data != NULL && event_data_size > 0) {
        memcpy(&post.inline_data, event_data, event_data_size);
        post.has_inline = true;
    }
    struct event_loop *loop = event_loop;
    return xQueueSendToBackFromISR(loop->queue, &post, task_unblocked) == pdTRUE ? ESP_OK : ESP_FAIL;
}

esp_err_t esp_event_isr_post(esp_event_base_t event_base, int32_t event_id, const void *event_data,
                             size_t event_data_size, BaseType_t *task_unblocked)
{
    if (esp_event_default_loop == NULL) {
        return ESP_ERR_INVALID_STATE;
    }
    return esp_event_isr_post_to(esp_event_default_loop, event_base, event_id, event_data, event_data_size,
                                 task_unblocked);
}
