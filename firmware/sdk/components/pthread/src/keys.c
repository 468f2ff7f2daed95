// SPDX-License-Identifier: Apache-2.0

/** @file Values that each thread has of its own. */

#include <errno.h>
#include <stdlib.h>

#include "thread.h"

struct key {
    struct key *next;
    pthread_key_t number;
    void (*destructor)(void *);
};

struct value {
    struct value *next;
    pthread_key_t key;
    TaskHandle_t task;
    void *value;
};

static struct key *s_keys;
static struct value *s_values;
static pthread_key_t s_last;
static portMUX_TYPE s_lock = portMUX_INITIALIZER_UNLOCKED;

static struct key *find_key(pthread_key_t number)
{
    struct key *key = s_keys;
    while (key != NULL && key->number != number) {
        key = key->next;
    }
    return key;
}

int pthread_key_create(pthread_key_t *key, void (*destructor)(void *))
{
    struct key *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return ENOMEM;
    }
    made->destructor = destructor;
    portENTER_CRITICAL(&s_lock);
    made->number = ++s_last;
    made->next = s_keys;
    s_keys = made;
    portEXIT_CRITICAL(&s_lock);
    *key = made->number;
    return 0;
}

int pthread_key_delete(pthread_key_t key)
{
    portENTER_CRITICAL(&s_lock);
    struct key **link = &s_keys;
    while (*link != NULL && (*link)->number != key) {
        link = &(*link)->next;
    }
    struct key *found = *link;
    if (found != NULL) {
        *link = found->next;
    }
    portEXIT_CRITICAL(&s_lock);
    free(found);
    return 0;
}

/** With the lock held: the calling task's value of a key. */
static struct value *find_value(pthread_key_t key)
{
    TaskHandle_t task = xTaskGetCurrentTaskHandle();
    struct value *value = s_values;
    while (value != NULL && (value->key != key || value->task != task)) {
        value = value->next;
    }
    return value;
}

void *pthread_getspecific(pthread_key_t key)
{
    portENTER_CRITICAL(&s_lock);
    const struct value *value = find_value(key);
    void *result = value != NULL ? value->value : NULL;
    portEXIT_CRITICAL(&s_lock);
    return result;
}

int pthread_setspecific(pthread_key_t key, const void *value)
{
    struct value *spare = calloc(1, sizeof(*spare));
    if (spare == NULL) {
        return ENOMEM;
    }
    portENTER_CRITICAL(&s_lock);
    int error = find_key(key) == NULL ? ENOENT : 0;
    struct value *own = find_value(key);
    if (error == 0 && own == NULL) {
        own = spare;
        spare = NULL;
        *own = (struct value){.next = s_values, .key = key, .task = xTaskGetCurrentTaskHandle()};
        s_values = own;
    }
    if (error == 0) {
        own->value = (void *)(uintptr_t)value;
    }
    portEXIT_CRITICAL(&s_lock);
    free(spare);
    return error;
}

void thread_forget_values(void)
{
    TaskHandle_t task = xTaskGetCurrentTaskHandle();
    for (;;) {
        portENTER_CRITICAL(&s_lock);
        struct value **link = &s_values;
        while (*link != NULL && (*link)->task != task) {
            link = &(*link)->next;
        }
        struct value *value = *link;
        void (*destructor)(void *) = NULL;
        if (value != NULL) {
            *link = value->next;
            const struct key *key = find_key(value->key);
            destructor = key != NULL ? key->destructor : NULL;
        }
        portEXIT_CRITICAL(&s_lock);
        if (value == NULL) {
            return;
        }
        if (destructor != NULL && value->value != NULL) {
            destructor(value->value);
        }
        free(value);
    }
}
