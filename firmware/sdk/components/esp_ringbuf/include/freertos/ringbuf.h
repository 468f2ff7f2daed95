// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Ring buffers, as in ESP-IDF's esp_ringbuf: items of any size between tasks and interrupts, received where they lie. What
 * was received must be given back with vRingbufferReturnItem() before its room is used again.
 */

#include <stddef.h>
#include <stdint.h>

#include "freertos/FreeRTOS.h"
#include "freertos/queue.h"
#include "freertos/semphr.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef void *RingbufHandle_t;

/** What becomes of an item that reaches the end of the memory. */
typedef enum {
    RINGBUF_TYPE_NOSPLIT = 0, ///< Goes to the beginning; 8 bytes more each, multiples of 4, at most half of the buffer.
    RINGBUF_TYPE_ALLOWSPLIT,  ///< Is cut in two; received by xRingbufferReceiveSplit().
    RINGBUF_TYPE_BYTEBUF,     ///< There are no items, only bytes.
    RINGBUF_TYPE_MAX,
} RingbufferType_t;

/** Memory for xRingbufferCreateStatic(). */
typedef struct xSTATIC_RINGBUFFER {
    size_t places[8];
    void *memory[4];
    StaticSemaphore_t semaphores[2];
    portMUX_TYPE lock;
} StaticRingbuffer_t;

/** @param xBufferSize in bytes; a multiple of 4 (else rounded up) unless for a byte buffer. @return NULL without memory. */
RingbufHandle_t xRingbufferCreate(size_t xBufferSize, RingbufferType_t xBufferType);
/** A buffer (NOSPLIT) with room for `xItemNum` items of `xItemSize` bytes. */
RingbufHandle_t xRingbufferCreateNoSplit(size_t xItemSize, size_t xItemNum);
RingbufHandle_t xRingbufferCreateStatic(size_t xBufferSize, RingbufferType_t xBufferType, uint8_t *pucRingbufferStorage,
                                        StaticRingbuffer_t *pxStaticRingbuffer);
void vRingbufferDelete(RingbufHandle_t xRingbuffer);

/** Copies an item in. @return pdFALSE when it is too large, or no room came free in time. */
BaseType_t xRingbufferSend(RingbufHandle_t xRingbuffer, const void *pvItem, size_t xItemSize, TickType_t xTicksToWait);
BaseType_t xRingbufferSendFromISR(RingbufHandle_t xRingbuffer, const void *pvItem, size_t xItemSize,
                                  BaseType_t *pxHigherPriorityTaskWoken);
/** Room for an item to write in place (NOSPLIT only); it is sent by xRingbufferSendComplete(). */
BaseType_t xRingbufferSendAcquire(RingbufHandle_t xRingbuffer, void **ppvItem, size_t xItemSize, TickType_t xTicksToWait);
BaseType_t xRingbufferSendComplete(RingbufHandle_t xRingbuffer, void *pvItem);

/** The oldest item, or (byte buffer) all bytes up to the end of the memory. @return NULL when none came in time. */
void *xRingbufferReceive(RingbufHandle_t xRingbuffer, size_t *pxItemSize, TickType_t xTicksToWait);
void *xRingbufferReceiveFromISR(RingbufHandle_t xRingbuffer, size_t *pxItemSize);
/** As above in at most two parts, each to be given back (ALLOWSPLIT only). */
BaseType_t xRingbufferReceiveSplit(RingbufHandle_t xRingbuffer, void **ppvHeadItem, void **ppvTailItem,
                                   size_t *pxHeadItemSize, size_t *pxTailItemSize, TickType_t xTicksToWait);
BaseType_t xRingbufferReceiveSplitFromISR(RingbufHandle_t xRingbuffer, void **ppvHeadItem, void **ppvTailItem,
                                          size_t *pxHeadItemSize, size_t *pxTailItemSize);
/** At most `xMaxSize` bytes (byte buffer only). */
void *xRingbufferReceiveUpTo(RingbufHandle_t xRingbuffer, size_t *pxItemSize, TickType_t xTicksToWait, size_t xMaxSize);
void *xRingbufferReceiveUpToFromISR(RingbufHandle_t xRingbuffer, size_t *pxItemSize, size_t xMaxSize);
void vRingbufferReturnItem(RingbufHandle_t xRingbuffer, void *pvItem);
void vRingbufferReturnItemFromISR(RingbufHandle_t xRingbuffer, void *pvItem, BaseType_t *pxHigherPriorityTaskWoken);

/** The largest item that can ever be sent. */
size_t xRingbufferGetMaxItemSize(RingbufHandle_t xRingbuffer);
/** The largest item that can be sent now. */
size_t xRingbufferGetCurFreeSize(RingbufHandle_t xRingbuffer);
/** Places as offsets in the memory, and how many items (or bytes) wait. Any pointer may be NULL. */
void vRingbufferGetInfo(RingbufHandle_t xRingbuffer, UBaseType_t *uxFree, UBaseType_t *uxRead, UBaseType_t *uxWrite,
                        UBaseType_t *uxAcquire, UBaseType_t *uxItemsWaiting);
void xRingbufferPrintInfo(RingbufHandle_t xRingbuffer);
/** Queue sets with ring buffers are not in the bundled SDK. */
BaseType_t xRingbufferAddToQueueSetRead(RingbufHandle_t xRingbuffer, QueueSetHandle_t xQueueSet);
BaseType_t xRingbufferRemoveFromQueueSetRead(RingbufHandle_t xRingbuffer, QueueSetHandle_t xQueueSet);

static inline BaseType_t xRingbufferCanRead(RingbufHandle_t xRingbuffer, QueueSetMemberHandle_t xMember)
{
    return xMember == (QueueSetMemberHandle_t)xRingbuffer ? pdTRUE : pdFALSE;
}

#ifdef __cplusplus
}
#endif
