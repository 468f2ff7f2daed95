// SPDX-License-Identifier: Apache-2.0

/**
 * @file
 * lwIP's mailboxes on FreeRTOS queues.
 */

#include <stdlib.h>

#include "arch/sys_arch.h"
#include "lwip/priv/api_msg.h"
#include "lwip/sys.h"

/**
 * Places beyond a mailbox's capacity, kept for the marks "the peer has closed" and "the connection was reset". lwIP
 * 2.1.3 posts each of them once: were the mailbox full of data at that moment, the mark would be lost and recv() would
 * wait for ever.
 */
#define RESERVED_FOR_MARKS 2

err_t sys_mbox_new(sys_mbox_t *mbox, int size)
{
    *mbox = malloc(sizeof(**mbox));
    if (*mbox == NULL) {
        return ERR_MEM;
    }
    (*mbox)->capacity = (UBaseType_t)size;
    (*mbox)->os_mbox = xQueueCreate((UBaseType_t)size + RESERVED_FOR_MARKS, sizeof(void *));
    if ((*mbox)->os_mbox == NULL) {
        free(*mbox);
        *mbox = NULL;
        return ERR_MEM;
    }
    return ERR_OK;
}

void sys_mbox_free(sys_mbox_t *mbox)
{
    if (*mbox == NULL) {
        return;
    }
    vQueueDelete((*mbox)->os_mbox);
    free(*mbox);
    *mbox = NULL;
}

void sys_mbox_post(sys_mbox_t *mbox, void *msg)
{
    xQueueSendToBack((*mbox)->os_mbox, &msg, portMAX_DELAY);
}

/** True for a message that must not be lost: a mark rather than data. */
static bool is_mark(void *msg)
{
    err_t error;
    return msg != NULL && lwip_netconn_is_err_msg(msg, &error);
}

err_t sys_mbox_trypost(sys_mbox_t *mbox, void *msg)
{
    if (uxQueueMessagesWaiting((*mbox)->os_mbox) >= (*mbox)->capacity && !is_mark(msg)) {
        return ERR_MEM;
    }
    return xQueueSendToBack((*mbox)->os_mbox, &msg, 0) == pdTRUE ? ERR_OK : ERR_MEM;
}

err_t sys_mbox_trypost_fromisr(sys_mbox_t *mbox, void *msg)
{
    BaseType_t woken = pdFALSE;
    if (xQueueSendFromISR((*mbox)->os_mbox, &msg, &woken) != pdTRUE) {
        return ERR_MEM;
    }
    return woken == pdTRUE ? ERR_NEED_SCHED : ERR_OK;
}

u32_t sys_arch_mbox_fetch(sys_mbox_t *mbox, void **msg, u32_t timeout)
{
    void *dropped;
    TickType_t wait = portMAX_DELAY;
    if (timeout != 0) {
        wait = (TickType_t)(((uint64_t)timeout * configTICK_RATE_HZ + 999) / 1000);
    }
    if (xQueueReceive((*mbox)->os_mbox, msg != NULL ? msg : &dropped, wait) != pdTRUE) {
        if (msg != NULL) {
            *msg = NULL;
        }
        return SYS_ARCH_TIMEOUT;
    }
    return 0;
}

u32_t sys_arch_mbox_tryfetch(sys_mbox_t *mbox, void **msg)
{
    void *dropped;
    if (xQueueReceive((*mbox)->os_mbox, msg != NULL ? msg : &dropped, 0) != pdTRUE) {
        if (msg != NULL) {
            *msg = NULL;
        }
        return SYS_MBOX_EMPTY;
    }
    return 0;
}
