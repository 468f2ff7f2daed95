// SPDX-License-Identifier: Apache-2.0

/**
 * @file
 * The task watchdog, counted in ticks: it fires when not every subscriber has reported since it was last satisfied.
 * It shares nothing with the interrupt watchdog but the tick.
 */

#include "esp_task_wdt.h"

#include <stdlib.h>

#include "esp_check.h"
#include "esp_log.h"
#include "interrupts.h"
#include "kernel.h"
#include "link_options.h"
#include "panic.h"
#include "watchdogs.h"

LINK_OPTION(timeout_s, "CONFIG_ESP_TASK_WDT_TIMEOUT_S");
LINK_OPTION(default_panic, "CONFIG_ESP_TASK_WDT_PANIC");

static const char *const TAG = "task_wdt";

struct esp_task_wdt_user_handle_s {
    struct esp_task_wdt_user_handle_s *next;
    TaskHandle_t task; /**< or NULL, and then the name counts */
    const char *name;
    bool has_reset;
};

typedef struct esp_task_wdt_user_handle_s subscriber_t;

static subscriber_t *subscribers;
static bool running, panics, watches_idle;
static uint64_t timeout, deadline;

static subscriber_t *find(TaskHandle_t task)
{
    subscriber_t *subscriber = subscribers;
    while (subscriber != NULL && subscriber->task != task) {
        subscriber = subscriber->next;
    }
    return subscriber;
}

/** Starts the time anew, for everybody. */
static void restart(void)
{
    for (subscriber_t *subscriber = subscribers; subscriber != NULL; subscriber = subscriber->next) {
        subscriber->has_reset = false;
    }
    deadline = k_ticks + timeout;
}

static void report(subscriber_t *reporter)
{
    reporter->has_reset = true;
    for (subscriber_t *subscriber = subscribers; subscriber != NULL; subscriber = subscriber->next) {
        if (!subscriber->has_reset) {
            return;
        }
    }
    restart();
}

static esp_err_t subscribe(TaskHandle_t task, const char *name, subscriber_t **out)
{
    subscriber_t *subscriber = calloc(1, sizeof(*subscriber));
    if (subscriber == NULL) {
        return ESP_ERR_NO_MEM;
    }
    subscriber->task = task;
    subscriber->name = name;
    uint32_t state = k_mask();
    // A task joins with a report: its time starts now if the others' does.
    subscriber_t **end = &subscribers;
    while (*end != NULL) {
        end = &(*end)->next;
    }
    *end = subscriber;
    report(subscriber);
    k_unmask(state);
    if (out != NULL) {
        *out = subscriber;
    }
    return ESP_OK;
}

static void unsubscribe(subscriber_t *subscriber)
{
    uint32_t state = k_mask();
    for (subscriber_t **link = &subscribers; *link != NULL; link = &(*link)->next) {
        if (*link == subscriber) {
            *link = subscriber->next;
            break;
        }
    }
    k_unmask(state);
    free(subscriber);
}

static void set_idle(bool watched)
{
    if (watched != watches_idle) {
        watches_idle = watched;
        if (watched) {
            subscribe(k_idle_task, NULL, NULL);
        } else {
            unsubscribe(find(k_idle_task));
        }
    }
}

static esp_err_t configure(const esp_task_wdt_config_t *config)
{
    timeout = (uint64_t)config->timeout_ms * configTICK_RATE_HZ / 1000;
    panics = config->trigger_panic;
    set_idle(config->idle_core_mask & 1);
    uint32_t state = k_mask();
    restart();
    running = true;
    k_unmask(state);
    return ESP_OK;
}

esp_err_t esp_task_wdt_init(const esp_task_wdt_config_t *config)
{
    ESP_RETURN_ON_FALSE((config != NULL && config->idle_core_mask < (1 << portNUM_PROCESSORS)), ESP_ERR_INVALID_ARG,
                        TAG, "Invalid arguments");
    ESP_RETURN_ON_FALSE(!running, ESP_ERR_INVALID_STATE, TAG, "TWDT already initialized");
    return configure(config);
}

esp_err_t esp_task_wdt_reconfigure(const esp_task_wdt_config_t *config)
{
    ESP_RETURN_ON_FALSE((config != NULL && config->idle_core_mask < (1 << portNUM_PROCESSORS)), ESP_ERR_INVALID_ARG,
                        TAG, "Invalid arguments");
    ESP_RETURN_ON_FALSE(running, ESP_ERR_INVALID_STATE, TAG, "TWDT not initialized yet");
    return configure(config);
}

esp_err_t esp_task_wdt_deinit(void)
{
    ESP_RETURN_ON_FALSE(running, ESP_ERR_INVALID_STATE, TAG, "TWDT was never initialized");
    set_idle(false);
    ESP_RETURN_ON_FALSE(subscribers == NULL, ESP_ERR_INVALID_STATE, TAG, "Tasks/users still subscribed");
    running = false;
    return ESP_OK;
}

esp_err_t esp_task_wdt_add(TaskHandle_t task_handle)
{
    ESP_RETURN_ON_FALSE(running, ESP_ERR_INVALID_STATE, TAG, "TWDT was never initialized");
    TaskHandle_t task = k_task(task_handle);
    ESP_RETURN_ON_FALSE(find(task) == NULL, ESP_ERR_INVALID_ARG, TAG, "task is already subscribed");
    return subscribe(task, NULL, NULL);
}

esp_err_t esp_task_wdt_add_user(const char *user_name, esp_task_wdt_user_handle_t *user_handle_ret)
{
    ESP_RETURN_ON_FALSE((user_name != NULL && user_handle_ret != NULL), ESP_ERR_INVALID_ARG, TAG, "Invalid arguments");
    ESP_RETURN_ON_FALSE(running, ESP_ERR_INVALID_STATE, TAG, "TWDT was never initialized");
    return subscribe(NULL, user_name, user_handle_ret);
}

esp_err_t esp_task_wdt_reset(void)
{
    ESP_RETURN_ON_FALSE(running, ESP_ERR_INVALID_STATE, TAG, "TWDT was never initialized");
    uint32_t state = k_mask();
    subscriber_t *subscriber = find(k_current);
    if (subscriber != NULL) {
        report(subscriber);
    }
    k_unmask(state);
    ESP_RETURN_ON_FALSE((subscriber != NULL), ESP_ERR_NOT_FOUND, TAG, "task not found");
    return ESP_OK;
}

esp_err_t esp_task_wdt_reset_user(esp_task_wdt_user_handle_t user_handle)
{
    ESP_RETURN_ON_FALSE(user_handle != NULL, ESP_ERR_INVALID_ARG, TAG, "Invalid arguments");
    ESP_RETURN_ON_FALSE(running, ESP_ERR_INVALID_STATE, TAG, "TWDT was never initialized");
    uint32_t state = k_mask();
    report(user_handle);
    k_unmask(state);
    return ESP_OK;
}

/** The log names this function, as ESP-IDF's does. */
static esp_err_t delete_entry(subscriber_t *subscriber)
{
    ESP_RETURN_ON_FALSE((subscriber != NULL), ESP_ERR_NOT_FOUND, TAG, "task not found");
    unsubscribe(subscriber);
    return ESP_OK;
}

esp_err_t esp_task_wdt_delete(TaskHandle_t task_handle)
{
    ESP_RETURN_ON_FALSE(running, ESP_ERR_INVALID_STATE, TAG, "TWDT was never initialized");
    return delete_entry(find(k_task(task_handle)));
}

esp_err_t esp_task_wdt_delete_user(esp_task_wdt_user_handle_t user_handle)
{
    ESP_RETURN_ON_FALSE(user_handle != NULL, ESP_ERR_INVALID_ARG, TAG, "Invalid arguments");
    ESP_RETURN_ON_FALSE(running, ESP_ERR_INVALID_STATE, TAG, "TWDT was never initialized");
    unsubscribe(user_handle);
    return ESP_OK;
}

esp_err_t esp_task_wdt_status(TaskHandle_t task_handle)
{
    ESP_RETURN_ON_FALSE(running, ESP_ERR_INVALID_STATE, TAG, "TWDT was never initialized");
    return find(k_task(task_handle)) != NULL ? ESP_OK : ESP_ERR_NOT_FOUND;
}

esp_err_t esp_task_wdt_print_triggered_tasks(task_wdt_msg_handler msg_handler, void *opaque, int *cpus_fail)
{
    if (subscribers == NULL) {
        return ESP_FAIL;
    }
    const char *caption = "Task watchdog got triggered. "
                          "The following tasks/users did not reset the watchdog in time:";
    if (msg_handler == NULL) {
        ESP_EARLY_LOGE(TAG, "%s", caption);
    } else {
        msg_handler(opaque, caption);
    }
    for (subscriber_t *subscriber = subscribers; subscriber != NULL; subscriber = subscriber->next) {
        if (subscriber->has_reset) {
            continue;
        }
        const char *name = subscriber->task != NULL ? pcTaskGetName(subscriber->task) : subscriber->name;
        if (cpus_fail != NULL) {
            *cpus_fail |= 1;
        }
        if (msg_handler == NULL) {
            ESP_EARLY_LOGE(TAG, " - %s (CPU 0)", name);
        } else {
            msg_handler(opaque, "\n - ");
            msg_handler(opaque, name);
            msg_handler(opaque, " (CPU 0)");
        }
    }
    return ESP_OK;
}

void task_wdt_tick(void)
{
    if (!running || k_ticks < deadline) {
        return;
    }
    int cpus_fail = 0;
    deadline = k_ticks + timeout;
    if (esp_task_wdt_print_triggered_tasks(NULL, NULL, &cpus_fail) != ESP_OK) {
        return;
    }
    ESP_EARLY_LOGE(TAG, "%s", "Tasks currently running:");
    ESP_EARLY_LOGE(TAG, "CPU %d: %s", 0, pcTaskGetName(k_current));
    if (esp_task_wdt_isr_user_handler != NULL) {
        esp_task_wdt_isr_user_handler();
    }
    if (panics) {
        ESP_EARLY_LOGE(TAG, "Aborting.");
        panic_from_task_watchdog(interrupt_frame);
    }
    panic_complete_frame(interrupt_frame);
    ESP_EARLY_LOGE(TAG, "Print CPU %d (current core) registers", 0);
    panic_print_registers(interrupt_frame);
    esp_rom_printf("\n");
}

void task_wdt_idle(void)
{
    if (running && watches_idle) {
        uint32_t state = k_mask();
        subscriber_t *subscriber = find(k_idle_task);
        if (subscriber != NULL) {
            report(subscriber);
        }
        k_unmask(state);
    }
}

uint64_t task_wdt_deadline(void)
{
    if (!running || subscribers == NULL || (watches_idle && subscribers->next == NULL)) {
        return UINT64_MAX;
    }
    return deadline;
}

void task_wdt_excuse(uint64_t ticks)
{
    deadline += ticks;
}

void task_wdt_start(void)
{
    const esp_task_wdt_config_t config = {.timeout_ms = LINK_OPTION_VALUE(timeout_s) * 1000,
                                          .idle_core_mask = 1,
                                          .trigger_panic = LINK_OPTION_VALUE(default_panic) != 0};
    esp_task_wdt_init(&config);
}
