// SPDX-License-Identifier: Apache-2.0

/** @file The arithmetic of ring buffers. Everything here runs with the buffer's lock held. */

#include "ring.h"

#include <string.h>

#define HEADER sizeof(ring_header_t)

static ring_header_t *header_at(const ring_t *ring, size_t place)
{
    return (ring_header_t *)(ring->memory + place);
}

static ring_header_t *header_of(void *item)
{
    return (ring_header_t *)((uint8_t *)item - HEADER);
}

static size_t aligned(size_t size)
{
    return (size + 3) & ~(size_t)3;
}

/** The place after `length` bytes more; the beginning where no header fits. */
static size_t after(const ring_t *ring, size_t place, size_t length)
{
    place += length;
    return ring->size - place < HEADER ? 0 : place;
}

/** Free bytes from `place` to the end of the memory, or to `oldest` if that comes first. */
static size_t room_ahead(const ring_t *ring)
{
    if (ring->used == ring->size) {
        return 0;
    }
    return ring->place < ring->oldest ? ring->oldest - ring->place : ring->size - ring->place;
}

/** Free bytes at the beginning of the memory, beyond room_ahead(). */
static size_t room_behind(const ring_t *ring)
{
    return ring->used == ring->size || ring->place < ring->oldest ? 0 : ring->oldest;
}

static void *put_header(ring_t *ring, size_t length, uint32_t state)
{
    ring_header_t *header = header_at(ring, ring->place);
    header->length = length;
    header->state = state;
    size_t taken = HEADER + aligned(length);
    size_t place = after(ring, ring->place, taken);
    ring->used += place == 0 ? ring->size - ring->place : taken;
    ring->place = place;
    return header + 1;
}

void *ring_take_room(ring_t *ring, size_t size, void **tail, size_t *head_size)
{
    size_t needed = HEADER + aligned(size), ahead = room_ahead(ring), behind = room_behind(ring);
    *tail = NULL;
    *head_size = size;
    if (ahead >= needed) {
        return put_header(ring, size, 0);
    }
    if (ring->type == RINGBUF_TYPE_ALLOWSPLIT && behind > 0 && ahead > HEADER && ahead + behind >= needed + HEADER) {
        *head_size = ahead - HEADER;
        void *head = put_header(ring, *head_size, RING_HEAD);
        *tail = put_header(ring, size - *head_size, 0);
        return head;
    }
    if (behind < needed) {
        return NULL;
    }
    if (ahead > 0) {
        header_at(ring, ring->place)->length = 0;
        header_at(ring, ring->place)->state = RING_SKIP | RING_WRITTEN | RING_RETURNED;
        ring->used += ahead;
        ring->place = 0;
    }
    return put_header(ring, size, 0);
}

void ring_complete(ring_t *ring, void *item)
{
    header_of(item)->state |= RING_WRITTEN;
    ring->waiting++;
}

static void *receive_bytes(ring_t *ring, size_t *size, size_t limit)
{
    // One part at a time: it must come back before the next goes out.
    if (ring->waiting == 0 || ring->oldest != ring->next) {
        return NULL;
    }
    size_t ahead = ring->size - ring->next;
    *size = ring->waiting < ahead ? ring->waiting : ahead;
    if (limit > 0 && *size > limit) {
        *size = limit;
    }
    void *bytes = ring->memory + ring->next;
    ring->next = (ring->next + *size) % ring->size;
    ring->waiting -= *size;
    return bytes;
}

void *ring_receive(ring_t *ring, size_t *size, size_t limit, bool *is_head)
{
    *is_head = false;
    if (ring->type == RINGBUF_TYPE_BYTEBUF) {
        return receive_bytes(ring, size, limit);
    }
    if (ring->waiting == 0) {
        return NULL;
    }
    ring_header_t *header = header_at(ring, ring->next);
    if (header->state & RING_SKIP) {
        ring->next = 0;
        header = header_at(ring, 0);
    }
    if ((header->state & RING_WRITTEN) == 0) {
        return NULL;
    }
    *is_head = (header->state & RING_HEAD) != 0;
    *size = header->length;
    ring->next = after(ring, ring->next, HEADER + aligned(header->length));
    ring->waiting--;
    return header + 1;
}

void ring_give_back(ring_t *ring, void *item)
{
    if (ring->type == RINGBUF_TYPE_BYTEBUF) {
        size_t returned = (ring->next + ring->size - ring->oldest) % ring->size;
        // A part that is the whole memory leaves both places equal.
        ring->used -= returned == 0 ? ring->used - ring->waiting : returned;
        ring->oldest = ring->next;
        return;
    }
    header_of(item)->state |= RING_RETURNED;
    while (ring->used > 0) {
        const ring_header_t *header = header_at(ring, ring->oldest);
        if ((header->state & RING_RETURNED) == 0) {
            return;
        }
        size_t taken = HEADER + aligned(header->length);
        size_t place = header->state & RING_SKIP ? 0 : after(ring, ring->oldest, taken);
        ring->used -= place == 0 ? ring->size - ring->oldest : taken;
        // Nothing but items that were received is ever returned; a skipped end counts as received with what follows it.
        if (ring->next == ring->oldest) {
            ring->next = place;
        }
        ring->oldest = place;
    }
}

size_t ring_room(const ring_t *ring)
{
    if (ring->type == RINGBUF_TYPE_BYTEBUF) {
        return ring->size - ring->used;
    }
    size_t ahead = room_ahead(ring), behind = room_behind(ring);
    size_t room = ahead > behind ? ahead : behind;
    if (ring->type == RINGBUF_TYPE_ALLOWSPLIT && behind > 0 && ahead > HEADER) {
        room = ahead + behind - HEADER;
    }
    room = room > HEADER ? room - HEADER : 0;
    return room < ring->largest ? room : ring->largest;
}

bool ring_put_bytes(ring_t *ring, const uint8_t *bytes, size_t size)
{
    if (size > ring->size - ring->used) {
        return false;
    }
    size_t ahead = ring->size - ring->place;
    size_t first = size < ahead ? size : ahead;
    memcpy(ring->memory + ring->place, bytes, first);
    memcpy(ring->memory, bytes + first, size - first);
    ring->place = (ring->place + size) % ring->size;
    ring->used += size;
    ring->waiting += size;
    return true;
}
