// SPDX-License-Identifier: Apache-2.0

/** @file Making, running and deleting event loops. */

#include "loop.h"

#include <inttypes.h>
#include <stdlib.h>

#include "esp_log.h"

/**
 * The default loop's task: above the application, below the network stack's callers (ESP_TASKD_EVENT_PRIO of ESP-IDF).
 */
#define DEFAULT_LOOP_PRIORITY (configMAX_PRIORITIES - 5)

static const char *TAG = "event";

struct event_loop *esp_event_default_loop;

static void dispatch(struct event_loop *loop, const struct post *post)
{
    void *data = post->data;
    uint32_t inline_data = post->inline_data;
    if (post->has_inline) {
        data = &inline_data;
    }
    xSemaphoreTakeRecursive(loop->mutex, portMAX_DELAY);
    loop->running = xTaskGetCurrentTaskHandle();
    for (struct handler *handler = loop->handlers; handler != NULL; handler = handler->next) {
        if (esp_event_matches(handler, post->base, post->id)) {
            handler->function(handler->argument, post->base, post->id, data);
        }
    }
    loop->running = NULL;
    esp_event_sweep(loop);
    xSemaphoreGiveRecursive(loop->mutex);
    free(post->data);
}

esp_err_t esp_event_loop_run(esp_event_loop_handle_t event_loop, TickType_t ticks_to_run)
{
    if (event_loop == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    struct event_loop *loop = event_loop;
    TickType_t start = xTaskGetTickCount();
    struct post post;
    for (;;) {
        TickType_t wait = portMAX_DELAY;
        if (ticks_to_run != portMAX_DELAY) {
            TickType_t passed = xTaskGetTickCount() - start;
            wait = passed < ticks_to_run ? ticks_to_run - passed : 0;
        }
        if (xQueueReceive(loop->queue, &post, wait) != pdTRUE) {
            return ESP_OK;
        }
        dispatch(loop, &post);
    }
}

static void loop_task(void *argument)
{
    for (;;) {
        esp_event_loop_run(argument, portMAX_DELAY);
    }
}

esp_err_t esp_event_loop_create(const esp_event_loop_args_t *event_loop_args, esp_event_loop_handle_t *event_loop)
{
    if (event_loop_args == NULL || event_loop == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    struct event_loop *loop = calloc(1, sizeof(*loop));
    if (loop == NULL) {
        return ESP_ERR_NO_MEM;
    }
    esp_err_t result = ESP_ERR_NO_MEM;
    loop->name = event_loop_args->task_name;
    loop->queue = xQueueCreate((UBaseType_t)event_loop_args->queue_size, sizeof(struct post));
    loop->mutex = xSemaphoreCreateRecursiveMutex();
    if (loop->queue == NULL || loop->mutex == NULL) {
        goto failed;
    }
    if (event_loop_args->task_name != NULL &&
        xTaskCreatePinnedToCore(loop_task, event_loop_args->task_name, event_loop_args->task_stack_size, loop,
                                event_loop_args->task_priority, &loop->task, event_loop_args->task_core_id) != pdPASS) {
        ESP_LOGE(TAG, "create task for loop failed");
        result = ESP_FAIL;
        goto failed;
    }
    *event_loop = loop;
    return ESP_OK;
failed:
    if (loop->queue != NULL) {
        vQueueDelete(loop->queue);
    }
    if (loop->mutex != NULL) {
        vSemaphoreDelete(loop->mutex);
    }
    free(loop);
    return result;
}

esp_err_t esp_event_loop_delete(esp_event_loop_handle_t event_loop)
{
    if (event_loop == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    struct event_loop *loop = event_loop;
    xSemaphoreTakeRecursive(loop->mutex, portMAX_DELAY);
    if (loop->task != NULL) {
        vTaskDelete(loop->task);
    }
    for (struct handler *handler = loop->handlers; handler != NULL; handler = handler->next) {
        handler->is_removed = true;
    }
    esp_event_sweep(loop);
    struct post post;
    while (xQueueReceive(loop->queue, &post, 0) == pdTRUE) {
        free(post.data);
    }
    vQueueDelete(loop->queue);
    xSemaphoreGiveRecursive(loop->mutex);
    vSemaphoreDelete(loop->mutex);
    free(loop);
    return ESP_OK;
}

esp_err_t esp_event_loop_create_default(void)
{
    if (esp_event_default_loop != NULL) {
        return ESP_ERR_INVALID_STATE;
    }
    esp_event_loop_args_t args = {
        .queue_size = CONFIG_ESP_SYSTEM_EVENT_QUEUE_SIZE,
        .task_name = "sys_evt",
        .task_priority = DEFAULT_LOOP_PRIORITY,
        .task_stack_size = CONFIG_ESP_SYSTEM_EVENT_TASK_STACK_SIZE,
        .task_core_id = 0,
    };
    esp_event_loop_handle_t loop = NULL;
    esp_err_t result = esp_event_loop_create(&args, &loop);
    esp_event_default_loop = loop;
    return result;
}

esp_err_t esp_event_loop_delete_default(void)
{
    if (esp_event_default_loop == NULL) {
        return ESP_ERR_INVALID_STATE;
    }
    struct event_loop *loop = esp_event_default_loop;
    esp_event_default_loop = NULL;
    return esp_event_loop_delete(loop);
}

esp_err_t esp_event_dump(FILE *file)
{
    struct event_loop *loop = esp_event_default_loop;
    if (file == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    if (loop == NULL) {
        return ESP_OK;
    }
    xSemaphoreTakeRecursive(loop->mutex, portMAX_DELAY);
    for (const struct handler *handler = loop->handlers; handler != NULL; handler = handler->next) {
        fprintf(file, "HANDLER LOOP:%s BASE:%s ID:%" PRIi32 " FUNCTION:%p\n", loop->name,
                handler->base == ESP_EVENT_ANY_BASE ? "any" : handler->base, handler->id, (void *)handler->function);
    }
    xSemaphoreGiveRecursive(loop->mutex);
    return ESP_OK;
}
