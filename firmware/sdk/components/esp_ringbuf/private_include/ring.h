// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * A ring buffer within. Four places move around the memory in this order: `oldest` (what is not given back yet), `next` (to
 * be received), `written` (up to there items are complete) and `place` (where the next item goes). Each item begins with a
 * header, both are multiples of 4 bytes; where less than a header is left at the end, the place is the beginning.
 */

#include "freertos/FreeRTOS.h"
#include "freertos/ringbuf.h"
#include "freertos/semphr.h"

typedef struct {
    uint32_t length;
    uint32_t state; ///< RING_… flags
} ring_header_t;

#define RING_WRITTEN 1u  ///< the item is complete
#define RING_RETURNED 2u ///< its room may be used again
#define RING_SKIP 4u     ///< no item: the next one is at the beginning
#define RING_HEAD 8u     ///< the rest of the item is at the beginning

typedef struct {
    size_t size;    ///< of the memory
    size_t oldest;  ///< offsets
    size_t next;
    size_t place;
    size_t waiting; ///< complete items, or bytes, not received yet
    size_t used;    ///< bytes between `oldest` and `place`
    size_t largest; ///< item that can ever be sent
    uint32_t type;
    uint8_t *memory;
    SemaphoreHandle_t items; ///< given when something can be received
    SemaphoreHandle_t room;  ///< given when room has come free
    bool is_static;
    StaticSemaphore_t semaphores[2];
    portMUX_TYPE lock;
} ring_t;

/** With the lock held: room for an item, in one part, or two (`tail`, with `*head_size` bytes in the first); NULL without. */
void *ring_take_room(ring_t *ring, size_t size, void **tail, size_t *head_size);
/** With the lock held: marks a part as complete. */
void ring_complete(ring_t *ring, void *item);
/** With the lock held: the next part to receive, at most `limit` bytes of a byte buffer; NULL when there is none. */
void *ring_receive(ring_t *ring, size_t *size, size_t limit, bool *is_head);
/** With the lock held: takes a part back. */
void ring_give_back(ring_t *ring, void *item);
/** With the lock held: the largest item that would find room. */
size_t ring_room(const ring_t *ring);
/** With the lock held: byte buffer: copies bytes in; false without room. */
bool ring_put_bytes(ring_t *ring, const uint8_t *bytes, size_t size);
