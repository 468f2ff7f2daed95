// SPDX-License-Identifier: Apache-2.0

/** @file Ready lists, waiting and the choice of the next task. */

#include "kernel.h"

#include <assert.h>

#include "esp_attr.h"

/** Ready tasks of one priority in a ring; the mark is the one chosen last, new ones go before it. */
typedef struct {
    k_link_t tasks;
    k_link_t *mark;
    uint32_t count;
} ready_list_t;

static ready_list_t ready[configMAX_PRIORITIES];
static uint32_t ready_bits;

TaskHandle_t volatile k_current;
TaskHandle_t k_idle_task;
volatile uint64_t k_ticks;
volatile uint32_t k_interrupt_nesting;
volatile uint32_t k_suspended;
volatile bool k_switch_due;
k_link_t k_all_tasks, k_deadlines, k_suspended_tasks, k_deleted_tasks;
UBaseType_t k_task_count;

void k_sched_init(void)
{
    for (int i = 0; i < configMAX_PRIORITIES; i++) {
        k_list_init(&ready[i].tasks);
        ready[i].mark = &ready[i].tasks;
    }
    k_list_init(&k_all_tasks);
    k_list_init(&k_deadlines);
    k_list_init(&k_suspended_tasks);
    k_list_init(&k_deleted_tasks);
}

/** Position of the highest bit; @p bits is not 0. The chip has no instruction for it. */
static inline uint32_t highest_bit(uint32_t bits)
{
    uint32_t n = 0;
    if (bits >> 16) {
        bits >>= 16;
        n += 16;
    }
    if (bits >> 8) {
        bits >>= 8;
        n += 8;
    }
    if (bits >> 4) {
        bits >>= 4;
        n += 4;
    }
    if (bits >> 2) {
        bits >>= 2;
        n += 2;
    }
    return n + (bits >> 1);
}

static void ready_insert(TaskHandle_t task)
{
    ready_list_t *list = &ready[task->priority];
    k_list_insert(list->mark, &task->link);
    list->count++;
    ready_bits |= 1u << task->priority;
}

static void ready_remove(TaskHandle_t task)
{
    ready_list_t *list = &ready[task->priority];
    if (list->mark == &task->link) {
        list->mark = task->link.prev;
    }
    k_list_remove(&task->link);
    if (--list->count == 0) {
        ready_bits &= ~(1u << task->priority);
    }
}

void k_make_ready(TaskHandle_t task)
{
    task->state = K_READY;
    ready_insert(task);
    if (k_current == NULL || task->priority > k_current->priority) {
        k_switch_due = true;
    }
}

static void waiters_insert(k_waiters_t *waiters, TaskHandle_t task)
{
    k_link_t *where = waiters->tasks.next;
    while (where != &waiters->tasks && K_TASK_OF(where, link)->priority >= task->priority) {
        where = where->next;
    }
    k_list_insert(where, &task->link);
    task->waiting_in = waiters;
}

static void deadline_insert(TaskHandle_t task, uint64_t deadline)
{
    k_link_t *where = k_deadlines.prev;
    while (where != &k_deadlines && K_TASK_OF(where, timer)->deadline > deadline) {
        where = where->prev;
    }
    task->deadline = deadline;
    task->is_timed = true;
    k_list_insert(where->next, &task->timer);
}

void k_unlink(TaskHandle_t task)
{
    if (task->state == K_READY) {
        ready_remove(task);
    } else {
        k_list_remove(&task->link);
    }
    task->waiting_in = NULL;
    if (task->is_timed) {
        k_list_remove(&task->timer);
        task->is_timed = false;
    }
}

bool k_switch_impossible(void)
{
    return k_suspended != 0 || k_interrupt_nesting != 0 || !xPortCanYield();
}

k_wake_t k_block(k_waiters_t *waiters, uint64_t deadline)
{
    TaskHandle_t task = k_current;
    if (k_switch_impossible()) {
        // A program that waits where it must not. In a handler it gets nothing; elsewhere its loop looks again and
        // again, as on the real kernel, open to interrupts that help and to the watchdog if none does. In a critical
        // section no tick is counted there, so that no time-out ends it.
        if (k_interrupt_nesting != 0) {
            return K_TIMED_OUT;
        }
        k_unmask(8);
        k_mask();
        return deadline <= k_ticks && xPortCanYield() ? K_TIMED_OUT : K_INTERRUPTED;
    }
    ready_remove(task);
    task->state = K_BLOCKED;
    if (waiters != NULL) {
        waiters_insert(waiters, task);
    }
    if (deadline != K_FOREVER) {
        deadline_insert(task, deadline);
    }
    k_switch();
    return task->wake;
}

void k_wake(TaskHandle_t task, k_wake_t reason)
{
    k_unlink(task);
    task->wake = reason;
    k_make_ready(task);
}

bool k_wake_first(k_waiters_t *waiters)
{
    if (k_waiters_empty(waiters)) {
        return false;
    }
    TaskHandle_t task = k_waiters_first(waiters);
    k_wake(task, K_WOKEN);
    return k_current == NULL || task->priority > k_current->priority;
}

void k_set_priority(TaskHandle_t task, UBaseType_t priority)
{
    if (task->priority == priority) {
        return;
    }
    if (task->state == K_READY) {
        ready_remove(task);
        task->priority = (uint8_t)priority;
        ready_insert(task);
    } else {
        k_waiters_t *waiters = task->waiting_in;
        task->priority = (uint8_t)priority;
        if (waiters != NULL) {
            k_list_remove(&task->link);
            waiters_insert(waiters, task);
        }
    }
}

IRAM_ATTR void k_switch(void)
{
    if (k_switch_impossible() || k_current == NULL) {
        k_switch_due = true;
        return;
    }
    k_switch_due = false;
    ready_list_t *list = &ready[highest_bit(ready_bits)];
    list->mark = list->mark->next;
    if (list->mark == &list->tasks) {
        list->mark = list->mark->next;
    }
    TaskHandle_t old = k_current, next = K_TASK_OF(list->mark, link);
    if (next == old) {
        return;
    }
    k_check_stack(old);
    k_current = next;
    k_context_switch(&old->sp, next->sp);
}

bool k_has_equals(void)
{
    return ready[k_current->priority].count > 1;
}

bool k_only_idle_ready(void)
{
    return ready_bits == 1 && ready[0].count == 1;
}

uint64_t k_next_deadline(void)
{
    return k_list_empty(&k_deadlines) ? K_FOREVER : K_TASK_OF(k_deadlines.next, timer)->deadline;
}

void k_advance(uint64_t ticks)
{
    k_ticks = ticks;
    while (!k_list_empty(&k_deadlines)) {
        TaskHandle_t task = K_TASK_OF(k_deadlines.next, timer);
        if (task->deadline > ticks) {
            break;
        }
        k_wake(task, K_TIMED_OUT);
    }
    if (k_has_equals()) {
        k_switch_due = true;
    }
}

/** The first switch, from start-up: chooses among the tasks that exist. */
void vTaskStartScheduler(void)
{
    k_mask();
    ready_list_t *list = &ready[highest_bit(ready_bits)];
    list->mark = list->tasks.next;
    k_current = K_TASK_OF(list->mark, link);
    k_switch_due = false;
    k_tick_start();
    k_context_start(k_current->sp);
}
