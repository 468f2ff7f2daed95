// SPDX-License-Identifier: Apache-2.0

/** @file What new threads are like: attributes and esp_pthread.h; and the time until a moment. */

#include <errno.h>
#include <stdlib.h>

#include "thread.h"

/** A task's settings. */
struct own {
    struct own *next;
    TaskHandle_t task;
    esp_pthread_cfg_t settings;
};

static struct own *s_own;
static portMUX_TYPE s_lock = portMUX_INITIALIZER_UNLOCKED;

esp_pthread_cfg_t esp_pthread_get_default_config(void)
{
    return (esp_pthread_cfg_t){
        .stack_size = THREAD_STACK_DEFAULT, .prio = THREAD_PRIORITY_DEFAULT, .pin_to_core = tskNO_AFFINITY};
}

static struct own *find(void)
{
    TaskHandle_t task = xTaskGetCurrentTaskHandle();
    portENTER_CRITICAL(&s_lock);
    struct own *own = s_own;
    while (own != NULL && own->task != task) {
        own = own->next;
    }
    portEXIT_CRITICAL(&s_lock);
    return own;
}

const esp_pthread_cfg_t *thread_settings(void)
{
    const struct own *own = find();
    return own != NULL ? &own->settings : NULL;
}

esp_err_t thread_set_settings(const esp_pthread_cfg_t *settings)
{
    struct own *own = find();
    if (settings == NULL) {
        portENTER_CRITICAL(&s_lock);
        for (struct own **link = &s_own; own != NULL && *link != NULL; link = &(*link)->next) {
            if (*link == own) {
                *link = own->next;
                break;
            }
        }
        portEXIT_CRITICAL(&s_lock);
        free(own);
        return ESP_OK;
    }
    if (own == NULL) {
        own = calloc(1, sizeof(*own));
        if (own == NULL) {
            return ESP_ERR_NO_MEM;
        }
        own->task = xTaskGetCurrentTaskHandle();
        portENTER_CRITICAL(&s_lock);
        own->next = s_own;
        s_own = own;
        portEXIT_CRITICAL(&s_lock);
    }
    own->settings = *settings;
    return ESP_OK;
}

esp_err_t esp_pthread_set_cfg(const esp_pthread_cfg_t *cfg)
{
    if (cfg->stack_size < THREAD_STACK_MINIMUM) {
        return ESP_ERR_INVALID_ARG;
    }
    return thread_set_settings(cfg);
}

esp_err_t esp_pthread_get_cfg(esp_pthread_cfg_t *p)
{
    const esp_pthread_cfg_t *settings = thread_settings();
    *p = settings != NULL ? *settings : (esp_pthread_cfg_t){0};
    return settings != NULL ? ESP_OK : ESP_ERR_NOT_FOUND;
}

esp_err_t esp_pthread_init(void)
{
    return ESP_OK;
}

int pthread_attr_init(pthread_attr_t *attr)
{
    *attr = (pthread_attr_t){.stacksize = THREAD_STACK_DEFAULT, .detachstate = PTHREAD_CREATE_JOINABLE};
    return 0;
}

int pthread_attr_destroy(pthread_attr_t *attr)
{
    attr->stacksize = 0;
    return 0;
}

int pthread_attr_setstacksize(pthread_attr_t *attr, size_t stacksize)
{
    if (stacksize < THREAD_STACK_MINIMUM) {
        return EINVAL;
    }
    attr->stacksize = (int)stacksize;
    return 0;
}

int pthread_attr_getstacksize(const pthread_attr_t *attr, size_t *stacksize)
{
    *stacksize = (size_t)attr->stacksize;
    return 0;
}

int pthread_attr_setdetachstate(pthread_attr_t *attr, int detachstate)
{
    if (detachstate != PTHREAD_CREATE_DETACHED && detachstate != PTHREAD_CREATE_JOINABLE) {
        return EINVAL;
    }
    attr->detachstate = detachstate;
    return 0;
}

int pthread_attr_getdetachstate(const pthread_attr_t *attr, int *detachstate)
{
    *detachstate = attr->detachstate;
    return 0;
}

TickType_t thread_ticks_until(clockid_t clock, const struct timespec *moment)
{
    struct timespec now;
    clock_gettime(clock, &now);
    int64_t ns = ((int64_t)moment->tv_sec - now.tv_sec) * 1000000000 + moment->tv_nsec - now.tv_nsec;
    int64_t tick = 1000000000 / configTICK_RATE_HZ;
    int64_t ticks = ns <= 0 ? 0 : (ns + tick - 1) / tick;
    return ticks < portMAX_DELAY ? (TickType_t)ticks : portMAX_DELAY - 1;
}
