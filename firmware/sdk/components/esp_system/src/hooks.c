// SPDX-License-Identifier: Apache-2.0

/** @file What happens at each tick and when idle: watchdogs, and functions a program registered. */

#include "esp_freertos_hooks.h"

#include "kernel.h"
#include "watchdogs.h"

#define HOOKS 8

static esp_freertos_idle_cb_t idle_hooks[HOOKS];
static esp_freertos_tick_cb_t tick_hooks[HOOKS];

bool sdk_idle_hook(void)
{
    bool may_sleep = true;
    task_wdt_idle();
    for (int i = 0; i < HOOKS; i++) {
        if (idle_hooks[i] != NULL && !idle_hooks[i]()) {
            may_sleep = false;
        }
    }
    return may_sleep;
}

void sdk_tick_hook(void)
{
    int_wdt_feed();
    if (k_current == k_idle_task) {
        task_wdt_idle();
    }
    task_wdt_tick();
    for (int i = 0; i < HOOKS; i++) {
        if (tick_hooks[i] != NULL) {
            tick_hooks[i]();
        }
    }
}

uint64_t sdk_watchdog_deadline(void)
{
    return task_wdt_deadline();
}

void sdk_sleep_begin(void)
{
    int_wdt_stop();
}

void sdk_sleep_end(uint64_t overslept)
{
    int_wdt_start();
    task_wdt_idle();
    if (overslept > 1) {
        task_wdt_excuse(overslept);
    }
}

esp_err_t esp_register_freertos_idle_hook_for_cpu(esp_freertos_idle_cb_t hook, UBaseType_t cpuid)
{
    if (cpuid >= portNUM_PROCESSORS) {
        return ESP_ERR_INVALID_ARG;
    }
    for (int i = 0; i < HOOKS; i++) {
        if (idle_hooks[i] == NULL) {
            idle_hooks[i] = hook;
            return ESP_OK;
        }
    }
    return ESP_ERR_NO_MEM;
}

esp_err_t esp_register_freertos_idle_hook(esp_freertos_idle_cb_t hook)
{
    return esp_register_freertos_idle_hook_for_cpu(hook, 0);
}

esp_err_t esp_register_freertos_tick_hook_for_cpu(esp_freertos_tick_cb_t hook, UBaseType_t cpuid)
{
    if (cpuid >= portNUM_PROCESSORS) {
        return ESP_ERR_INVALID_ARG;
    }
    for (int i = 0; i < HOOKS; i++) {
        if (tick_hooks[i] == NULL) {
            tick_hooks[i] = hook;
            return ESP_OK;
        }
    }
    return ESP_ERR_NO_MEM;
}

esp_err_t esp_register_freertos_tick_hook(esp_freertos_tick_cb_t hook)
{
    return esp_register_freertos_tick_hook_for_cpu(hook, 0);
}

void esp_deregister_freertos_idle_hook_for_cpu(esp_freertos_idle_cb_t hook, UBaseType_t cpuid)
{
    (void)cpuid;
    for (int i = 0; i < HOOKS; i++) {
        if (idle_hooks[i] == hook) {
            idle_hooks[i] = NULL;
        }
    }
}

void esp_deregister_freertos_idle_hook(esp_freertos_idle_cb_t hook)
{
    esp_deregister_freertos_idle_hook_for_cpu(hook, 0);
}

void esp_deregister_freertos_tick_hook_for_cpu(esp_freertos_tick_cb_t hook, UBaseType_t cpuid)
{
    (void)cpuid;
    for (int i = 0; i < HOOKS; i++) {
        if (tick_hooks[i] == hook) {
            tick_hooks[i] = NULL;
        }
    }
}

void esp_deregister_freertos_tick_hook(esp_freertos_tick_cb_t hook)
{
    esp_deregister_freertos_tick_hook_for_cpu(hook, 0);
}
