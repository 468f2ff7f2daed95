// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file The inside of an event loop, shared by the files of this component. */

#include <stdbool.h>

#include "esp_event.h"

/** One registration. The list of a loop is in the order of registration, which is the order of the calls. */
struct handler {
    struct handler *next;
    esp_event_base_t base; ///< ESP_EVENT_ANY_BASE: all
    int32_t id;            ///< ESP_EVENT_ANY_ID: all
    esp_event_handler_t function;
    void *argument;
    bool is_instance; ///< registered with esp_event_handler_instance_register()
    bool is_removed;  ///< taken off while its loop was calling handlers: freed when that is over
};

/** One event in a loop's queue. */
struct post {
    esp_event_base_t base;
    int32_t id;
    void *data;       ///< on the heap; NULL: `inline_data` or nothing
    bool has_inline;  ///< posted from an interrupt, with data
    uint32_t inline_data;
};

/** A loop. */
struct event_loop {
    QueueHandle_t queue;
    SemaphoreHandle_t mutex; ///< recursive; held while handlers run, so that a handler may register and unregister
    struct handler *handlers;
    TaskHandle_t task;    ///< its own task, NULL for a loop that the program runs
    TaskHandle_t running; ///< the task that is calling handlers now
    const char *name;
};

/** The default loop, NULL while there is none. */
extern struct event_loop *esp_event_default_loop;

/** True when a registration matches an event. */
bool esp_event_matches(const struct handler *handler, esp_event_base_t base, int32_t id);

/** Unlinks and frees the registrations that were removed during a dispatch; the loop's mutex is held. */
void esp_event_sweep(struct event_loop *loop);
