// SPDX-License-Identifier: Apache-2.0

/**
 * @file
 * The semaphore on which a task waits for the stack, made on first use and freed with the task. A task waits for one
 * thing at a time, so one semaphore serves all its calls.
 *
 * select() lends it to the console, which signals it for a key and may do so when select() has already returned for a
 * socket. Such a late signal would let the next call return before its time; it is taken back when the next call asks
 * for the semaphore.
 */

#include <stdlib.h>

#include "arch/sys_arch.h"
#include "lwip/err.h"
#include "lwip/sys.h"

/** Where a task keeps it: the first thread-local pointer, which ESP-IDF too keeps for its system libraries. */
#define SLOT 0

struct thread_semaphore {
    sys_sem_t semaphore; ///< first: lwIP gets its address
    bool is_selecting;   ///< a signal before select() waits is meant for it
};

static void free_semaphore(int slot, void *argument)
{
    LWIP_UNUSED_ARG(slot);
    struct thread_semaphore *thread = argument;
    if (thread != NULL) {
        sys_sem_free(&thread->semaphore);
        free(thread);
    }
}

sys_sem_t *sys_thread_sem_init(void)
{
    struct thread_semaphore *thread = calloc(1, sizeof(*thread));
    if (thread == NULL) {
        return NULL;
    }
    if (sys_sem_new(&thread->semaphore, 0) != ERR_OK) {
        free(thread);
        return NULL;
    }
    vTaskSetThreadLocalStoragePointerAndDelCallback(NULL, SLOT, thread, free_semaphore);
    return &thread->semaphore;
}

sys_sem_t *sys_thread_sem_get(void)
{
    struct thread_semaphore *thread = pvTaskGetThreadLocalStoragePointer(NULL, SLOT);
    if (thread == NULL) {
        return sys_thread_sem_init();
    }
    if (!thread->is_selecting) {
        xSemaphoreTake(thread->semaphore, 0);
    }
    return &thread->semaphore;
}

void sys_thread_sem_deinit(void)
{
    struct thread_semaphore *thread = pvTaskGetThreadLocalStoragePointer(NULL, SLOT);
    vTaskSetThreadLocalStoragePointerAndDelCallback(NULL, SLOT, NULL, NULL);
    free_semaphore(SLOT, thread);
}

sys_sem_t *sys_thread_sem_begin_select(void)
{
    struct thread_semaphore *thread = (struct thread_semaphore *)sys_thread_sem_get();
    if (thread == NULL) {
        return NULL;
    }
    thread->is_selecting = true;
    return &thread->semaphore;
}

void sys_thread_sem_end_select(void)
{
    struct thread_semaphore *thread = pvTaskGetThreadLocalStoragePointer(NULL, SLOT);
    thread->is_selecting = false;
}
