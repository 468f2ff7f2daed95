// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Inside of the kernel: tasks, wait queues, scheduling. One core; every function here that is not marked otherwise is
 * called with interrupts masked (k_mask() to k_unmask()), for a bounded time.
 *
 * Two masks exist. The kernel's own is mstatus.MIE: two CSR instructions, cheap on an emulator, and off for
 * microseconds only. A program's critical section (critical.c) raises the interrupt threshold instead, which leaves the
 * interrupt watchdog armed.
 */

#include <stdbool.h>
#include <stdint.h>

#include "freertos/FreeRTOS.h"
#include "freertos/queue.h"
#include "freertos/task.h"
#include "riscv/rvruntime-frames.h"

/** Deadline of a wait without end. */
#define K_FOREVER UINT64_MAX
/** Byte that fills an unused stack, and how many at its end must stay intact. */
#define K_STACK_FILL 0xa5
#define K_STACK_GUARD 16

typedef struct k_link {
    struct k_link *next, *prev;
} k_link_t;

/** Tasks that wait for the same thing, most urgent first, first come first among equals. */
typedef struct {
    k_link_t tasks;
} k_waiters_t;

typedef enum {
    K_READY,
    K_BLOCKED,
    K_SUSPENDED,
    K_DELETED,
} k_state_t;

/** Why k_block() returned. */
typedef enum {
    K_TIMED_OUT,   /**< the deadline passed */
    K_WOKEN,       /**< k_wake_first() chose this task */
    K_INTERRUPTED, /**< suspended and resumed, aborted, or blocking was impossible: look again */
} k_wake_t;

struct tskTaskControlBlock {
    void *sp;
    k_link_t link;  /**< in a ready list, a wait queue or the suspended list */
    k_link_t timer; /**< in the list of deadlines */
    k_link_t all;   /**< in the list of all tasks */
    uint64_t deadline;
    k_waiters_t *waiting_in;
    QueueHandle_t waiting_for; /**< the mutex it waits for, to pass priority on */
    QueueHandle_t held;        /**< mutexes it holds, newest first */
    uint8_t state, wake, priority, base_priority;
    bool own_stack, own_tcb, is_timed, waits_for_notification, delay_aborted;
    uint8_t notify_state[configTASK_NOTIFICATION_ARRAY_ENTRIES];
    uint32_t notify_value[configTASK_NOTIFICATION_ARRAY_ENTRIES];
    uint32_t event_bits, event_options; /**< what an event group is waited for, and its answer */
    uint8_t *stack;
    uint32_t stack_size;
    uint32_t number;
    void *tls_pointers[configNUM_THREAD_LOCAL_STORAGE_POINTERS];
    TlsDeleteCallbackFunction_t tls_callbacks[configNUM_THREAD_LOCAL_STORAGE_POINTERS];
    char name[configMAX_TASK_NAME_LEN];
};

/** The running task; NULL until the scheduler starts. */
extern TaskHandle_t volatile k_current;
extern TaskHandle_t k_idle_task;
/** Ticks since the scheduler started. */
extern volatile uint64_t k_ticks;
/** How many interrupt handlers are active. */
extern volatile uint32_t k_interrupt_nesting;
/** vTaskSuspendAll() calls not undone yet. */
extern volatile uint32_t k_suspended;
/** A switch became due while it was not possible. */
extern volatile bool k_switch_due;
extern k_link_t k_all_tasks, k_deadlines, k_suspended_tasks, k_deleted_tasks;
extern UBaseType_t k_task_count;

/** Masks interrupts; returns what k_unmask() needs. Callable anywhere. */
static inline uint32_t k_mask(void)
{
    uint32_t old;
    __asm__ volatile("csrrci %0, mstatus, 8" : "=r"(old) : : "memory");
    return old;
}
/** Undoes k_mask(). */
static inline void k_unmask(uint32_t old)
{
    __asm__ volatile("csrs mstatus, %0" : : "r"(old & 8) : "memory");
}

static inline void k_list_init(k_link_t *list)
{
    list->next = list->prev = list;
}
static inline bool k_list_empty(const k_link_t *list)
{
    return list->next == list;
}
/** Puts @p link before @p where. */
static inline void k_list_insert(k_link_t *where, k_link_t *link)
{
    link->next = where;
    link->prev = where->prev;
    where->prev->next = link;
    where->prev = link;
}
/** Takes @p link out of its list; harmless when it is in none. */
static inline void k_list_remove(k_link_t *link)
{
    if (link->next != NULL) {
        link->next->prev = link->prev;
        link->prev->next = link->next;
        link->next = link->prev = NULL;
    }
}
#define K_TASK_OF(pointer, member) \
    ((TaskHandle_t)((uint8_t *)(pointer) - offsetof(struct tskTaskControlBlock, member)))

static inline void k_waiters_init(k_waiters_t *waiters)
{
    k_list_init(&waiters->tasks);
}
static inline bool k_waiters_empty(const k_waiters_t *waiters)
{
    return k_list_empty(&waiters->tasks);
}
/** Most urgent waiter; there must be one. */
static inline TaskHandle_t k_waiters_first(const k_waiters_t *waiters)
{
    return K_TASK_OF(waiters->tasks.next, link);
}
/** The task a handle means: NULL is the caller. */
static inline TaskHandle_t k_task(TaskHandle_t task)
{
    return task == NULL ? k_current : task;
}

/** Tick at which a wait of @p ticks from now ends. */
static inline uint64_t k_deadline(TickType_t ticks)
{
    return ticks == portMAX_DELAY ? K_FOREVER : k_ticks + ticks;
}

// sched.c
void k_sched_init(void);
/** Makes a task ready, behind its equals; marks a switch as due if it is more urgent than the running one. */
void k_make_ready(TaskHandle_t task);
/** Takes a task out of whatever list it is in. */
void k_unlink(TaskHandle_t task);
/** Puts the running task into @p waiters (may be NULL) until it is woken or @p deadline passes. */
k_wake_t k_block(k_waiters_t *waiters, uint64_t deadline);
/** Wakes a blocked task with an answer. */
void k_wake(TaskHandle_t task, k_wake_t reason);
/** Wakes the most urgent waiter, if any; true when it is more urgent than the running task. */
bool k_wake_first(k_waiters_t *waiters);
/** Changes a task's effective priority and its place in every list. */
void k_set_priority(TaskHandle_t task, UBaseType_t priority);
/** Chooses the next task and switches to it; puts it off where a switch is impossible. */
void k_switch(void);
/** Switches if one is due. */
static inline void k_switch_if_due(void)
{
    if (k_switch_due) {
        k_switch();
    }
}
/** Whether another ready task has the running one's priority. */
bool k_has_equals(void);
/** Whether anything but idle can run. */
bool k_only_idle_ready(void);
/** Hands a tick to the scheduler: time-outs and time slices. */
void k_advance(uint64_t ticks);
/** Next deadline, K_FOREVER if none. */
uint64_t k_next_deadline(void);

// critical.c
/** Puts a delay off until the critical section ends, as the real kernel does; false outside of one. */
bool k_owe_delay(TickType_t ticks);
/** Whether a program's critical section, a suspended scheduler or an interrupt handler forbids a switch. */
bool k_switch_impossible(void);

// task.c
void k_task_run(TaskFunction_t function, void *argument) __attribute__((noreturn));
void k_reap(void);
void k_check_stack(TaskHandle_t task);
/** Fills in one task's thread-local data. */
void k_tls_init(void *block);

// mutex.c
/** Lends the holder of @p mutex the priority of the task that is about to wait for it. */
void k_mutex_lend(QueueHandle_t mutex);
/** Recomputes a task's priority from its own and those of the tasks that wait for its mutexes. */
void k_mutex_settle(TaskHandle_t holder);

// tick.c
/** Starts the tick; the scheduler is about to run. */
void k_tick_start(void);
/** Idle: sleep until something happens. Called unmasked. */
void k_idle_sleep(void);
/** Interrupt entry after a sleep without ticks: brings the clock up to date. */
void k_tick_resume(void);
/** Whether the idle task has stopped the tick. */
extern volatile bool k_sleeping;

// riscv/switch.S
void k_context_switch(void **save_sp, void *new_sp);
void k_context_start(void *sp) __attribute__((noreturn));
void k_task_entry(void);
void k_wait_for_interrupt(void);
extern char k_wait_begin[], k_wait_end[];
extern char k_interrupt_stack[], k_interrupt_stack_top[];

// Implemented by esp_system: what idle and tick do besides.
/** Called by idle before it sleeps; false: do not sleep yet. Unmasked. */
bool sdk_idle_hook(void);
/** Called in the tick interrupt. */
void sdk_tick_hook(void);
/** Tick at which the task watchdog wants to look at somebody else than idle; K_FOREVER if never. */
uint64_t sdk_watchdog_deadline(void);
/** The tick stops, and starts again having slept @p overslept ticks longer than asked. */
void sdk_sleep_begin(void);
void sdk_sleep_end(uint64_t overslept);
