// SPDX-License-Identifier: Apache-2.0

/** @file Event loops. */

#include "topics.h"

#include "esp_event.h"

ESP_EVENT_DEFINE_BASE(LAMP_EVENT);

enum { LAMP_ON, LAMP_OFF };

static void any(void *argument, esp_event_base_t base, int32_t id, void *data)
{
    char text[60];
    snprintf(text, sizeof(text), "%s %s %d %d; ", (char *)argument, base, (int)id, data ? *(int *)data : -1);
    record(text);
}

static void other(void *argument, esp_event_base_t base, int32_t id, void *data)
{
    (void)argument, (void)base, (void)id, (void)data;
}

void topic_events(void)
{
    int data = 5;
    STATUS(esp_event_post(LAMP_EVENT, LAMP_ON, NULL, 0, 0));
    STATUS(esp_event_handler_register(LAMP_EVENT, LAMP_ON, any, "early"));
    STATUS(esp_event_loop_create_default());
    STATUS(esp_event_loop_create_default());
    STATUS(esp_event_handler_register(LAMP_EVENT, LAMP_ON, any, "on"));
    STATUS(esp_event_handler_register(LAMP_EVENT, ESP_EVENT_ANY_ID, any, "any"));
    STATUS(esp_event_handler_register(ESP_EVENT_ANY_BASE, ESP_EVENT_ANY_ID, any, "all"));
    STATUS(esp_event_post(LAMP_EVENT, LAMP_ON, &data, sizeof(data), 0));
    data = 6;
    STATUS(esp_event_post(LAMP_EVENT, LAMP_OFF, NULL, 0, 0));
    vTaskDelay(3);
    show_record("handlers");
    esp_event_handler_instance_t one, two;
    STATUS(esp_event_handler_instance_register(LAMP_EVENT, LAMP_OFF, any, "one", &one));
    STATUS(esp_event_handler_instance_register(LAMP_EVENT, LAMP_OFF, any, "two", &two));
    STATUS(esp_event_handler_instance_unregister(LAMP_EVENT, LAMP_OFF, one));
    STATUS(esp_event_handler_unregister(LAMP_EVENT, ESP_EVENT_ANY_ID, any));
    STATUS(esp_event_handler_unregister(LAMP_EVENT, LAMP_OFF, other));
    STATUS(esp_event_post(LAMP_EVENT, LAMP_OFF, &data, sizeof(data), 0));
    vTaskDelay(3);
    show_record("instances");
    STATUS(esp_event_post(ESP_EVENT_ANY_BASE, LAMP_OFF, NULL, 0, 0));
    STATUS(esp_event_handler_unregister(ESP_EVENT_ANY_BASE, ESP_EVENT_ANY_ID, any));

    esp_event_loop_args_t arguments = {.queue_size = 2};
    esp_event_loop_handle_t loop;
    STATUS(esp_event_loop_create(&arguments, &loop));
    STATUS(esp_event_handler_register_with(loop, LAMP_EVENT, ESP_EVENT_ANY_ID, any, "own"));
    STATUS(esp_event_post_to(loop, LAMP_EVENT, 1, NULL, 0, 0));
    STATUS(esp_event_post_to(loop, LAMP_EVENT, 2, NULL, 0, 0));
    STATUS(esp_event_post_to(loop, LAMP_EVENT, 3, NULL, 0, 1));
    show_record("before");
    STATUS(esp_event_loop_run(loop, 2));
    show_record("after");
    STATUS(esp_event_loop_delete(loop));
}
