// SPDX-License-Identifier: Apache-2.0

/** @file Ring buffers: creating, sending and receiving, with waiting. */

#include "freertos/ringbuf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "freertos/task.h"
#include "ring.h"

#define RING_HEADER sizeof(ring_header_t)

_Static_assert(sizeof(ring_t) <= sizeof(StaticRingbuffer_t), "ringbuf.h: StaticRingbuffer_t is too small");

static size_t round_up(size_t size, uint32_t type)
{
    return type == RINGBUF_TYPE_BYTEBUF ? size : (size + 3) & ~(size_t)3;
}

static void prepare(ring_t *ring, uint8_t *memory, size_t size, uint32_t type, bool is_static)
{
    *ring = (ring_t){.size = size, .type = type, .memory = memory, .is_static = is_static};
    portMUX_INITIALIZE(&ring->lock);
    ring->largest = type == RINGBUF_TYPE_NOSPLIT      ? size / 2 - RING_HEADER
                    : type == RINGBUF_TYPE_ALLOWSPLIT ? size - 2 * RING_HEADER
                                                      : size;
    ring->largest = type == RINGBUF_TYPE_BYTEBUF ? size : ring->largest & ~(size_t)3;
    ring->items = xSemaphoreCreateBinaryStatic(&ring->semaphores[0]);
    ring->room = xSemaphoreCreateBinaryStatic(&ring->semaphores[1]);
}

RingbufHandle_t xRingbufferCreate(size_t xBufferSize, RingbufferType_t xBufferType)
{
    configASSERT(xBufferSize > 0 && xBufferType < RINGBUF_TYPE_MAX);
    size_t size = round_up(xBufferSize, xBufferType);
    ring_t *ring = malloc(sizeof(*ring));
    uint8_t *memory = malloc(size);
    if (ring == NULL || memory == NULL) {
        free(ring);
        free(memory);
        return NULL;
    }
    prepare(ring, memory, size, xBufferType, false);
    return ring;
}

RingbufHandle_t xRingbufferCreateNoSplit(size_t xItemSize, size_t xItemNum)
{
    return xRingbufferCreate((round_up(xItemSize, RINGBUF_TYPE_NOSPLIT) + RING_HEADER) * xItemNum, RINGBUF_TYPE_NOSPLIT);
}

RingbufHandle_t xRingbufferCreateStatic(size_t xBufferSize, RingbufferType_t xBufferType, uint8_t *pucRingbufferStorage,
                                        StaticRingbuffer_t *pxStaticRingbuffer)
{
    configASSERT(xBufferSize > 0 && xBufferSize == round_up(xBufferSize, xBufferType));
    configASSERT(xBufferType < RINGBUF_TYPE_MAX && pucRingbufferStorage != NULL && pxStaticRingbuffer != NULL);
    prepare((ring_t *)pxStaticRingbuffer, pucRingbufferStorage, xBufferSize, xBufferType, true);
    return pxStaticRingbuffer;
}

void vRingbufferDelete(RingbufHandle_t xRingbuffer)
{
    ring_t *ring = xRingbuffer;
    vSemaphoreDelete(ring->items);
    vSemaphoreDelete(ring->room);
    if (!ring->is_static) {
        free(ring->memory);
        free(ring);
    }
}

/** Copies an item in if there is room. */
static bool send(ring_t *ring, const void *bytes, size_t size)
{
    bool sent;
    if (ring->type == RINGBUF_TYPE_BYTEBUF) {
        sent = ring_put_bytes(ring, bytes, size);
    } else {
        void *tail;
        size_t head_size;
        void *head = ring_take_room(ring, size, &tail, &head_size);
        sent = head != NULL;
        if (sent) {
            memcpy(head, bytes, head_size);
            ring_complete(ring, head);
        }
        if (tail != NULL) {
            memcpy(tail, (const uint8_t *)bytes + head_size, size - head_size);
            ring_complete(ring, tail);
        }
    }
    return sent;
}

/** Waits for a semaphore for what is left of a time. */
static bool wait_more(SemaphoreHandle_t semaphore, TimeOut_t *since, TickType_t *ticks)
{
    if (xTaskCheckForTimeOut(since, ticks) == pdTRUE) {
        return false;
    }
    xSemaphoreTake(semaphore, *ticks);
    return true;
}

BaseType_t xRingbufferSend(RingbufHandle_t xRingbuffer, const void *pvItem, size_t xItemSize, TickType_t xTicksToWait)
{
    ring_t *ring = xRingbuffer;
    configASSERT(ring != NULL && (pvItem != NULL || xItemSize == 0));
    TimeOut_t since;
    vTaskSetTimeOutState(&since);
    while (xItemSize <= ring->largest) {
        portENTER_CRITICAL(&ring->lock);
        bool sent = send(ring, pvItem, xItemSize);
        portEXIT_CRITICAL(&ring->lock);
        if (sent) {
            xSemaphoreGive(ring->items);
            return pdTRUE;
        }
        if (!wait_more(ring->room, &since, &xTicksToWait)) {
            break;
        }
    }
    return pdFALSE;
}

BaseType_t xRingbufferSendFromISR(RingbufHandle_t xRingbuffer, const void *pvItem, size_t xItemSize,
                                  BaseType_t *pxHigherPriorityTaskWoken)
{
    ring_t *ring = xRingbuffer;
    portENTER_CRITICAL_ISR(&ring->lock);
    bool sent = xItemSize <= ring->largest && send(ring, pvItem, xItemSize);
    portEXIT_CRITICAL_ISR(&ring->lock);
    if (sent) {
        xSemaphoreGiveFromISR(ring->items, pxHigherPriorityTaskWoken);
    }
    return sent;
}

BaseType_t xRingbufferSendAcquire(RingbufHandle_t xRingbuffer, void **ppvItem, size_t xItemSize, TickType_t xTicksToWait)
{
    ring_t *ring = xRingbuffer;
    configASSERT(ring != NULL && ring->type == RINGBUF_TYPE_NOSPLIT);
    TimeOut_t since;
    vTaskSetTimeOutState(&since);
    *ppvItem = NULL;
    while (xItemSize <= ring->largest) {
        void *tail;
        size_t head_size;
        portENTER_CRITICAL(&ring->lock);
        *ppvItem = ring_take_room(ring, xItemSize, &tail, &head_size);
        portEXIT_CRITICAL(&ring->lock);
        if (*ppvItem != NULL) {
            return pdTRUE;
        }
        if (!wait_more(ring->room, &since, &xTicksToWait)) {
            break;
        }
    }
    return pdFALSE;
}

BaseType_t xRingbufferSendComplete(RingbufHandle_t xRingbuffer, void *pvItem)
{
    ring_t *ring = xRingbuffer;
    portENTER_CRITICAL(&ring->lock);
    ring_complete(ring, pvItem);
    portEXIT_CRITICAL(&ring->lock);
    xSemaphoreGive(ring->items);
    return pdTRUE;
}

/** Receives one part, or both of a split item; wakes the next receiver if there is more. */
static bool receive(ring_t *ring, void *parts[2], size_t sizes[2], size_t limit, TickType_t ticks)
{
    TimeOut_t since;
    vTaskSetTimeOutState(&since);
    for (;;) {
        bool is_head, more;
        parts[1] = NULL;
        portENTER_CRITICAL(&ring->lock);
        parts[0] = ring_receive(ring, &sizes[0], limit, &is_head);
        if (parts[0] != NULL && is_head) {
            parts[1] = ring_receive(ring, &sizes[1], limit, &is_head);
        }
        more = ring->waiting > 0;
        portEXIT_CRITICAL(&ring->lock);
        if (parts[0] != NULL) {
            if (more) {
                xSemaphoreGive(ring->items);
            }
            return true;
        }
        if (!wait_more(ring->items, &since, &ticks)) {
            return false;
        }
    }
}

void *xRingbufferReceiveUpTo(RingbufHandle_t xRingbuffer, size_t *pxItemSize, TickType_t xTicksToWait, size_t xMaxSize)
{
    ring_t *ring = xRingbuffer;
    configASSERT(ring != NULL && (xMaxSize == 0 || ring->type == RINGBUF_TYPE_BYTEBUF));
    void *parts[2];
    size_t sizes[2];
    if (!receive(ring, parts, sizes, xMaxSize, xTicksToWait)) {
        return NULL;
    }
    if (pxItemSize != NULL) {
        *pxItemSize = sizes[0];
    }
    return parts[0];
}

void *xRingbufferReceive(RingbufHandle_t xRingbuffer, size_t *pxItemSize, TickType_t xTicksToWait)
{
    return xRingbufferReceiveUpTo(xRingbuffer, pxItemSize, xTicksToWait, 0);
}

BaseType_t xRingbufferReceiveSplit(RingbufHandle_t xRingbuffer, void **ppvHeadItem, void **ppvTailItem,
                                   size_t *pxHeadItemSize, size_t *pxTailItemSize, TickType_t xTicksToWait)
{
    void *parts[2];
    size_t sizes[2] = {0, 0};
    if (!receive(xRingbuffer, parts, sizes, 0, xTicksToWait)) {
        return pdFALSE;
    }
    *ppvHeadItem = parts[0], *ppvTailItem = parts[1];
    *pxHeadItemSize = sizes[0], *pxTailItemSize = sizes[1];
    return pdTRUE;
}

void *xRingbufferReceiveUpToFromISR(RingbufHandle_t xRingbuffer, size_t *pxItemSize, size_t xMaxSize)
{
    ring_t *ring = xRingbuffer;
    bool is_head;
    portENTER_CRITICAL_ISR(&ring->lock);
    void *item = ring_receive(ring, pxItemSize, xMaxSize, &is_head);
    portEXIT_CRITICAL_ISR(&ring->lock);
    return item;
}

void *xRingbufferReceiveFromISR(RingbufHandle_t xRingbuffer, size_t *pxItemSize)
{
    return xRingbufferReceiveUpToFromISR(xRingbuffer, pxItemSize, 0);
}

BaseType_t xRingbufferReceiveSplitFromISR(RingbufHandle_t xRingbuffer, void **ppvHeadItem, void **ppvTailItem,
                                          size_t *pxHeadItemSize, size_t *pxTailItemSize)
{
    ring_t *ring = xRingbuffer;
    bool is_head;
    portENTER_CRITICAL_ISR(&ring->lock);
    *ppvTailItem = NULL;
    *ppvHeadItem = ring_receive(ring, pxHeadItemSize, 0, &is_head);
    if (*ppvHeadItem != NULL && is_head) {
        *ppvTailItem = ring_receive(ring, pxTailItemSize, 0, &is_head);
    }
    portEXIT_CRITICAL_ISR(&ring->lock);
    return *ppvHeadItem != NULL;
}

void vRingbufferReturnItem(RingbufHandle_t xRingbuffer, void *pvItem)
{
    ring_t *ring = xRingbuffer;
    configASSERT(ring != NULL && pvItem != NULL);
    portENTER_CRITICAL(&ring->lock);
    ring_give_back(ring, pvItem);
    portEXIT_CRITICAL(&ring->lock);
    xSemaphoreGive(ring->room);
}

void vRingbufferReturnItemFromISR(RingbufHandle_t xRingbuffer, void *pvItem, BaseType_t *pxHigherPriorityTaskWoken)
{
    ring_t *ring = xRingbuffer;
    portENTER_CRITICAL_ISR(&ring->lock);
    ring_give_back(ring, pvItem);
    portEXIT_CRITICAL_ISR(&ring->lock);
    xSemaphoreGiveFromISR(ring->room, pxHigherPriorityTaskWoken);
}

size_t xRingbufferGetMaxItemSize(RingbufHandle_t xRingbuffer)
{
    return ((ring_t *)xRingbuffer)->largest;
}

size_t xRingbufferGetCurFreeSize(RingbufHandle_t xRingbuffer)
{
    ring_t *ring = xRingbuffer;
    portENTER_CRITICAL(&ring->lock);
    size_t room = ring_room(ring);
    portEXIT_CRITICAL(&ring->lock);
    return room;
}

void vRingbufferGetInfo(RingbufHandle_t xRingbuffer, UBaseType_t *uxFree, UBaseType_t *uxRead, UBaseType_t *uxWrite,
                        UBaseType_t *uxAcquire, UBaseType_t *uxItemsWaiting)
{
    const ring_t *ring = xRingbuffer;
    const struct {
        UBaseType_t *to;
        size_t value;
    } values[] = {{uxFree, ring->oldest}, {uxRead, ring->next}, {uxWrite, ring->place}, {uxAcquire, ring->place},
                  {uxItemsWaiting, ring->waiting}};
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        if (values[i].to != NULL) {
            *values[i].to = values[i].value;
        }
    }
}

void xRingbufferPrintInfo(RingbufHandle_t xRingbuffer)
{
    const ring_t *ring = xRingbuffer;
    printf("Rb size:%u\tfree: %u\trptr: %u\tfreeptr: %u\twptr: %u, aptr: %u\n", (unsigned)ring->size,
           (unsigned)ring_room(ring), (unsigned)ring->next, (unsigned)ring->oldest, (unsigned)ring->place,
           (unsigned)ring->place);
}
