// SPDX-License-Identifier: Apache-2.0

/** @file High-resolution timers: a list sorted by expiry, an alarm for its head, a task for the callbacks. */

#include "esp_timer.h"

#include <inttypes.h>
#include <stdlib.h>

#include "esp_task.h"
#include "interrupts.h"
#include "kernel.h"
#include "sdk_start.h"
#include "soc/interrupts.h"
#include "systimer.h"

#define ALARM 2
#define ALARM_LINE 8
#define SHORTEST_PERIOD 50

struct esp_timer {
    k_link_t link;
    uint64_t expiry, period; /**< in us; a period of 0 is a one-shot */
    esp_timer_cb_t callback;
    void *arg;
    const char *name;
    bool skip_unhandled, running;
};

#define TIMER_OF(pointer) ((esp_timer_handle_t)((uint8_t *)(pointer) - offsetof(struct esp_timer, link)))

static k_link_t armed;
static TaskHandle_t task;
static bool alarm_set;
static uint64_t alarm_at;

int64_t esp_timer_get_time(void)
{
    return (int64_t)(systimer_count() / SYSTIMER_PER_US);
}

/** Sets the alarm for the first timer; masked. */
static void set_alarm(void)
{
    if (k_list_empty(&armed)) {
        return;
    }
    uint64_t at = TIMER_OF(armed.next)->expiry;
    if (!alarm_set || at != alarm_at) {
        alarm_set = true;
        alarm_at = at;
        systimer_set_alarm(ALARM, at * SYSTIMER_PER_US);
    }
}

static void alarm_interrupt(void *arg)
{
    (void)arg;
    systimer_clear(ALARM);
    alarm_set = false;
    vTaskNotifyGiveFromISR(task, NULL);
}

static void arm(esp_timer_handle_t timer)
{
    k_link_t *where = armed.prev;
    while (where != &armed && TIMER_OF(where)->expiry > timer->expiry) {
        where = where->prev;
    }
    k_list_insert(where->next, &timer->link);
    timer->running = true;
}

/** Calls back one timer that is due; false if there is none. */
static bool dispatch(void)
{
    uint32_t state = k_mask();
    uint64_t now = systimer_count() + SYSTIMER_EARLY;
    if (k_list_empty(&armed) || TIMER_OF(armed.next)->expiry * SYSTIMER_PER_US > now) {
        set_alarm();
        k_unmask(state);
        return false;
    }
    esp_timer_handle_t timer = TIMER_OF(armed.next);
    k_list_remove(&timer->link);
    timer->running = false;
    if (timer->period > 0) {
        uint64_t now_us = now / SYSTIMER_PER_US;
        uint64_t late = now_us > timer->expiry ? now_us - timer->expiry : 0;
        uint64_t skipped = timer->skip_unhandled ? late / timer->period : 0;
        timer->expiry += timer->period * (1 + skipped);
        arm(timer);
    }
    esp_timer_cb_t callback = timer->callback;
    void *arg = timer->arg;
    k_unmask(state);
    callback(arg);
    return true;
}

static void timer_task(void *arg)
{
    (void)arg;
    for (;;) {
        ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
        while (dispatch()) {
        }
    }
}

void sdk_esp_timer_start(void)
{
    k_list_init(&armed);
    xTaskCreatePinnedToCore(timer_task, "esp_timer", ESP_TASK_TIMER_STACK, NULL, ESP_TASK_TIMER_PRIO, &task, 0);
    interrupt_attach(ETS_SYSTIMER_TARGET2_EDGE_INTR_SOURCE, ALARM_LINE, 1, alarm_interrupt, NULL);
    systimer_enable_alarm(ALARM);
}

esp_err_t esp_timer_init(void)
{
    return ESP_ERR_INVALID_STATE;
}

esp_err_t esp_timer_create(const esp_timer_create_args_t *args, esp_timer_handle_t *out_handle)
{
    if (args == NULL || args->callback == NULL || out_handle == NULL || args->dispatch_method >= ESP_TIMER_MAX) {
        return ESP_ERR_INVALID_ARG;
    }
    esp_timer_handle_t timer = calloc(1, sizeof(*timer));
    if (timer == NULL) {
        return ESP_ERR_NO_MEM;
    }
    timer->callback = args->callback;
    timer->arg = args->arg;
    timer->name = args->name;
    timer->skip_unhandled = args->skip_unhandled_events;
    *out_handle = timer;
    return ESP_OK;
}

static esp_err_t start(esp_timer_handle_t timer, uint64_t after, uint64_t period)
{
    if (timer == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    uint32_t state = k_mask();
    esp_err_t result = ESP_ERR_INVALID_STATE;
    if (!timer->running) {
        timer->expiry = (uint64_t)esp_timer_get_time() + after;
        timer->period = period;
        arm(timer);
        set_alarm();
        result = ESP_OK;
    }
    k_unmask(state);
    return result;
}

esp_err_t esp_timer_start_once(esp_timer_handle_t timer, uint64_t timeout_us)
{
    return start(timer, timeout_us, 0);
}

esp_err_t esp_timer_start_periodic(esp_timer_handle_t timer, uint64_t period_us)
{
    if (period_us < SHORTEST_PERIOD) {
        period_us = SHORTEST_PERIOD;
    }
    return start(timer, period_us, period_us);
}

esp_err_t esp_timer_stop(esp_timer_handle_t timer)
{
    if (timer == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    uint32_t state = k_mask();
    esp_err_t result = ESP_ERR_INVALID_STATE;
    if (timer->running) {
        k_list_remove(&timer->link);
        timer->running = false;
        result = ESP_OK;
    }
    k_unmask(state);
    return result;
}

esp_err_t esp_timer_restart(esp_timer_handle_t timer, uint64_t timeout_us)
{
    if (timer == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    uint32_t state = k_mask();
    bool periodic = timer->period > 0;
    esp_err_t result = esp_timer_stop(timer);
    if (result == ESP_OK) {
        result = periodic ? esp_timer_start_periodic(timer, timeout_us) : esp_timer_start_once(timer, timeout_us);
    }
    k_unmask(state);
    return result;
}

esp_err_t esp_timer_delete(esp_timer_handle_t timer)
{
    if (timer == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    if (timer->running) {
        return ESP_ERR_INVALID_STATE;
    }
    free(timer);
    return ESP_OK;
}

bool esp_timer_is_active(esp_timer_handle_t timer)
{
    return timer != NULL && timer->running;
}

int64_t esp_timer_get_next_alarm(void)
{
    uint32_t state = k_mask();
    int64_t at = k_list_empty(&armed) ? INT64_MAX : (int64_t)TIMER_OF(armed.next)->expiry;
    k_unmask(state);
    return at;
}

int64_t esp_timer_get_next_alarm_for_wake_up(void)
{
    return esp_timer_get_next_alarm();
}

esp_err_t esp_timer_get_period(esp_timer_handle_t timer, uint64_t *period_us)
{
    if (timer == NULL || period_us == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    *period_us = timer->period;
    return ESP_OK;
}

esp_err_t esp_timer_get_expiry_time(esp_timer_handle_t timer, uint64_t *expiry_us)
{
    if (timer == NULL || expiry_us == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    if (timer->period > 0) {
        return ESP_ERR_NOT_SUPPORTED;
    }
    *expiry_us = timer->expiry;
    return ESP_OK;
}

esp_err_t esp_timer_dump(FILE *stream)
{
    fprintf(stream, "Timer stats:\n%-20s  %-10s  %-12s\n", "Name", "Period", "Alarm");
    vTaskSuspendAll();
    for (k_link_t *link = armed.next; link != &armed; link = link->next) {
        esp_timer_handle_t timer = TIMER_OF(link);
        fprintf(stream, "%-20s  %-10" PRIu64 "  %-12" PRIu64 "\n", timer->name != NULL ? timer->name : "",
                timer->period, timer->expiry);
    }
    xTaskResumeAll();
    return ESP_OK;
}
