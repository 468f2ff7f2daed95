// SPDX-License-Identifier: Apache-2.0

/** @file Registering and unregistering event handlers. */

#include <stdlib.h>
#include <string.h>

#include "esp_log.h"
#include "loop.h"

static const char *TAG = "event";

bool esp_event_matches(const struct handler *handler, esp_event_base_t base, int32_t id)
{
    return !handler->is_removed && (handler->base == ESP_EVENT_ANY_BASE || handler->base == base) &&
           (handler->id == ESP_EVENT_ANY_ID || handler->id == id);
}

void esp_event_sweep(struct event_loop *loop)
{
    struct handler **place = &loop->handlers;
    while (*place != NULL) {
        struct handler *handler = *place;
        if (handler->is_removed) {
            *place = handler->next;
            free(handler);
        } else {
            place = &handler->next;
        }
    }
}

static bool is_registration(const struct handler *handler, esp_event_base_t base, int32_t id,
                            esp_event_handler_t function)
{
    return !handler->is_removed && !handler->is_instance && handler->base == base && handler->id == id &&
           handler->function == function;
}

static esp_err_t add_handler(struct event_loop *loop, esp_event_base_t base, int32_t id, esp_event_handler_t function,
                             void *argument, bool is_instance, esp_event_handler_instance_t *instance)
{
    if (function == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    if (base == ESP_EVENT_ANY_BASE && id != ESP_EVENT_ANY_ID) {
        ESP_LOGE(TAG, "registering to any event base with specific id unsupported");
        return ESP_ERR_INVALID_ARG;
    }
    esp_err_t result = ESP_OK;
    xSemaphoreTakeRecursive(loop->mutex, portMAX_DELAY);
    struct handler **end = &loop->handlers;
    for (; *end != NULL; end = &(*end)->next) {
        if (!is_instance && is_registration(*end, base, id, function)) {
            ESP_LOGW(TAG, "handler already registered, overwriting");
            (*end)->argument = argument;
            goto out;
        }
    }
    struct handler *handler = calloc(1, sizeof(*handler));
    if (handler == NULL) {
        result = ESP_ERR_NO_MEM;
        goto out;
    }
    *handler = (struct handler){
        .base = base,
        .id = id,
        .function = function,
        .argument = argument,
        .is_instance = is_instance,
    };
    *end = handler;
    if (instance != NULL) {
        *instance = handler;
    }
out:
    xSemaphoreGiveRecursive(loop->mutex);
    return result;
}

/** Removes the registration `instance`, or, when that is NULL, the one of `function` for the event. */
static void remove_handler(struct event_loop *loop, esp_event_base_t base, int32_t id, esp_event_handler_t function,
                           const struct handler *instance)
{
    xSemaphoreTakeRecursive(loop->mutex, portMAX_DELAY);
    for (struct handler *handler = loop->handlers; handler != NULL; handler = handler->next) {
        if (instance != NULL ? handler == instance : is_registration(handler, base, id, function)) {
            handler->is_removed = true;
            break;
        }
    }
    if (loop->running == NULL) {
        esp_event_sweep(loop);
    }
    xSemaphoreGiveRecursive(loop->mutex);
}

esp_err_t esp_event_handler_register_with(esp_event_loop_handle_t event_loop, esp_event_base_t event_base,
                                          int32_t event_id, esp_event_handler_t event_handler, void *event_handler_arg)
{
    if (event_loop == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    return add_handler(event_loop, event_base, event_id, event_handler, event_handler_arg, false, NULL);
}

esp_err_t esp_event_handler_instance_register_with(esp_event_loop_handle_t event_loop, esp_event_base_t event_base,
                                                   int32_t event_id, esp_event_handler_t event_handler,
                                                   void *event_handler_arg, esp_event_handler_instance_t *instance)
{
    if (event_loop == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    return add_handler(event_loop, event_base, event_id, event_handler, event_handler_arg, true, instance);
}

esp_err_t esp_event_handler_unregister_with(esp_event_loop_handle_t event_loop, esp_event_base_t event_base,
                                            int32_t event_id, esp_event_handler_t event_handler)
{
    if (event_loop == NULL || event_handler == NULL ||
        (event_base == ESP_EVENT_ANY_BASE && event_id != ESP_EVENT_ANY_ID)) {
        return ESP_ERR_INVALID_ARG;
    }
    remove_handler(event_loop, event_base, event_id, event_handler, NULL);
    return ESP_OK;
}

esp_err_t esp_event_handler_instance_unregister_with(esp_event_loop_handle_t event_loop, esp_event_base_t event_base,
                                                     int32_t event_id, esp_event_handler_instance_t instance)
{
    if (event_loop == NULL || instance == NULL || (event_base == ESP_EVENT_ANY_BASE && event_id != ESP_EVENT_ANY_ID)) {
        return ESP_ERR_INVALID_ARG;
    }
    remove_handler(event_loop, event_base, event_id, NULL, instance);
    return ESP_OK;
}

esp_err_t esp_event_handler_register(esp_event_base_t event_base, int32_t event_id, esp_event_handler_t event_handler,
                                     void *event_handler_arg)
{
    if (esp_event_default_loop == NULL) {
        return ESP_ERR_INVALID_STATE;
    }
    return esp_event_handler_register_with(esp_event_default_loop, event_base, event_id, event_handler,
                                           event_handler_arg);
}

esp_err_t esp_event_handler_instance_register(esp_event_base_t event_base, int32_t event_id,
                                              esp_event_handler_t event_handler, void *event_handler_arg,
                                              esp_event_handler_instance_t *instance)
{
    if (esp_event_default_loop == NULL) {
        return ESP_ERR_INVALID_STATE;
    }
    return esp_event_handler_instance_register_with(esp_event_default_loop, event_base, event_id, event_handler,
                                                    event_handler_arg, instance);
}

esp_err_t esp_event_handler_unregister(esp_event_base_t event_base, int32_t event_id, esp_event_handler_t event_handler)
{
    if (esp_event_default_loop == NULL) {
        return ESP_ERR_INVALID_STATE;
    }
    return esp_event_handler_unregister_with(esp_event_default_loop, event_base, event_id, event_handler);
}

esp_err_t esp_event_handler_instance_unregister(esp_event_base_t event_base, int32_t event_id,
                                                esp_event_handler_instance_t instance)
{
    if (esp_event_default_loop == NULL) {
        return ESP_ERR_INVALID_STATE;
    }
    return esp_event_handler_instance_unregister_with(esp_event_default_loop, event_base, event_id, instance);
}
