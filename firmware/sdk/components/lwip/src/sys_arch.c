// SPDX-License-Identifier: Apache-2.0

/**
 * @file
 * lwIP's operating system layer on FreeRTOS: semaphores, mutexes, the clock, critical sections and threads. Mailboxes
 * are in mailbox.c, the semaphore of each task in thread_semaphore.c.
 */

#include "lwip/sys.h"

#include "arch/sys_arch.h"
#include "lwip/err.h"

static TaskHandle_t s_tcpip_thread;

/** Milliseconds as ticks, rounded up: a wait is never shorter than asked. */
static TickType_t ticks_for(u32_t milliseconds)
{
    return (TickType_t)(((uint64_t)milliseconds * configTICK_RATE_HZ + 999) / 1000);
}

err_t sys_mutex_new(sys_mutex_t *mutex)
{
    *mutex = xSemaphoreCreateMutex();
    return *mutex == NULL ? ERR_MEM : ERR_OK;
}

void sys_mutex_lock(sys_mutex_t *mutex)
{
    xSemaphoreTake(*mutex, portMAX_DELAY);
}

void sys_mutex_unlock(sys_mutex_t *mutex)
{
    xSemaphoreGive(*mutex);
}

void sys_mutex_free(sys_mutex_t *mutex)
{
    vSemaphoreDelete(*mutex);
    *mutex = NULL;
}

err_t sys_sem_new(sys_sem_t *sem, u8_t count)
{
    *sem = xSemaphoreCreateBinary();
    if (*sem == NULL) {
        return ERR_MEM;
    }
    if (count != 0) {
        xSemaphoreGive(*sem);
    }
    return ERR_OK;
}

void sys_sem_signal(sys_sem_t *sem)
{
    xSemaphoreGive(*sem);
}

u32_t sys_arch_sem_wait(sys_sem_t *sem, u32_t timeout)
{
    TickType_t wait = timeout == 0 ? portMAX_DELAY : ticks_for(timeout);
    return xSemaphoreTake(*sem, wait) == pdTRUE ? 0 : SYS_ARCH_TIMEOUT;
}

void sys_sem_free(sys_sem_t *sem)
{
    vSemaphoreDelete(*sem);
    *sem = NULL;
}

u32_t sys_now(void)
{
    return (u32_t)((uint64_t)xTaskGetTickCount() * 1000 / configTICK_RATE_HZ);
}

u32_t sys_jiffies(void)
{
    return xTaskGetTickCount();
}

void sys_delay_ms(uint32_t ms)
{
    vTaskDelay(ms / portTICK_PERIOD_MS);
}

// lwIP protects its data from other tasks only: nothing of it runs in an interrupt. Holding the scheduler is enough
// then, and much cheaper in an emulator than a critical section, which writes to the interrupt controller.

sys_prot_t sys_arch_protect(void)
{
    vTaskSuspendAll();
    return 0;
}

void sys_arch_unprotect(sys_prot_t previous)
{
    LWIP_UNUSED_ARG(previous);
    xTaskResumeAll();
}

sys_thread_t sys_thread_new(const char *name, lwip_thread_fn thread, void *arg, int stacksize, int prio)
{
    TaskHandle_t task = NULL;
    return xTaskCreate(thread, name, stacksize, arg, prio, &task) == pdPASS ? task : NULL;
}

void sys_mark_tcpip_thread(void)
{
    s_tcpip_thread = xTaskGetCurrentTaskHandle();
}

bool sys_in_tcpip_thread(void)
{
    return s_tcpip_thread == NULL || s_tcpip_thread == xTaskGetCurrentTaskHandle();
}

void sys_init(void)
{
}
