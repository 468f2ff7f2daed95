// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * lwIP's operating system types on FreeRTOS. The functions are in lwIP's own "lwip/sys.h"; here is what the port adds.
 */

#include <stdbool.h>

#include "freertos/FreeRTOS.h"
#include "freertos/queue.h"
#include "freertos/semphr.h"
#include "freertos/task.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef SemaphoreHandle_t sys_sem_t;
typedef SemaphoreHandle_t sys_mutex_t;
typedef TaskHandle_t sys_thread_t;

/**
 * A mailbox: a queue of pointers. `capacity` ordinary messages fit; the queue itself has room for the end-of-stream
 * marks on top.
 */
typedef struct sys_mbox_s {
    QueueHandle_t os_mbox;
    UBaseType_t capacity;
} *sys_mbox_t;

/** Given back by sys_mbox_trypost_fromisr() when a task of higher priority was woken. */
#define ERR_NEED_SCHED 123

#define LWIP_COMPAT_MUTEX 0
#define sys_mutex_valid(x) (*(x) != NULL)
#define sys_mutex_set_invalid(x) (*(x) = NULL)
#define sys_mbox_valid(x) (*(x) != NULL)
#define sys_mbox_set_invalid(x) (*(x) = NULL)
#define sys_sem_valid(x) (*(x) != NULL)
#define sys_sem_set_invalid(x) (*(x) = NULL)
#define sys_msleep(ms) sys_delay_ms(ms)

/** Blocks the calling task for `ms` milliseconds, rounded down to whole ticks. */
void sys_delay_ms(uint32_t ms);

/**
 * The calling task's own semaphore, on which it waits for the stack to finish an API call; made on first use, NULL
 * without memory.
 */
sys_sem_t *sys_thread_sem_get(void);
/** Makes the calling task's semaphore. */
sys_sem_t *sys_thread_sem_init(void);
/** Frees the calling task's semaphore; done by the kernel when a task is deleted. */
void sys_thread_sem_deinit(void);
/** The calling task's semaphore at the start of a select() that others may end; NULL without memory. */
sys_sem_t *sys_thread_sem_begin_select(void);
/** The end of that select(). */
void sys_thread_sem_end_select(void);

/** True in the task that runs the stack, and before that task exists. */
bool sys_in_tcpip_thread(void);
/** Notes that the calling task is the one that runs the stack. */
void sys_mark_tcpip_thread(void);

#ifdef __cplusplus
}
#endif
