// SPDX-License-Identifier: Apache-2.0

/** @file Stream and message buffers. */

#include "freertos/FreeRTOS.h"

#include "freertos/stream_buffer.h"

#include <stdlib.h>
#include <string.h>

#include "kernel.h"

/** Bytes before a message that hold its length. */
#define HEADER sizeof(uint32_t)

struct StreamBufferDef_t {
    uint8_t *storage;
    uint32_t size, count, read, trigger;
    k_waiters_t reader, writer;
    bool messages, own_memory;
};

_Static_assert(sizeof(struct StreamBufferDef_t) <= sizeof(StaticStreamBuffer_t), "StaticStreamBuffer_t is too small");

static void copy_in(StreamBufferHandle_t stream, const void *data, uint32_t length)
{
    uint32_t at = (stream->read + stream->count) % stream->size;
    uint32_t first = stream->size - at < length ? stream->size - at : length;
    memcpy(stream->storage + at, data, first);
    memcpy(stream->storage, (const uint8_t *)data + first, length - first);
    stream->count += length;
}

static void copy_out(StreamBufferHandle_t stream, void *data, uint32_t length, bool keep)
{
    uint32_t first = stream->size - stream->read < length ? stream->size - stream->read : length;
    memcpy(data, stream->storage + stream->read, first);
    memcpy((uint8_t *)data + first, stream->storage, length - first);
    if (!keep) {
        stream->read = (stream->read + length) % stream->size;
        stream->count -= length;
    }
}

StreamBufferHandle_t xStreamBufferGenericCreateStatic(size_t size, size_t trigger_level, BaseType_t is_message_buffer,
                                                      uint8_t *const storage, StaticStreamBuffer_t *const buffer)
{
    configASSERT(storage);
    configASSERT(buffer);
    configASSERT(trigger_level <= size);
    configASSERT(size > (is_message_buffer != pdFALSE ? HEADER : 0));
    StreamBufferHandle_t stream = (StreamBufferHandle_t)buffer;
    memset(stream, 0, sizeof(*stream));
    stream->storage = storage;
    stream->size = size;
    stream->trigger = trigger_level == 0 ? 1 : trigger_level;
    stream->messages = is_message_buffer != pdFALSE;
    k_waiters_init(&stream->reader);
    k_waiters_init(&stream->writer);
    return stream;
}

StreamBufferHandle_t xStreamBufferGenericCreate(size_t size, size_t trigger_level, BaseType_t is_message_buffer)
{
    StaticStreamBuffer_t *memory = malloc(sizeof(StaticStreamBuffer_t) + size);
    if (memory == NULL) {
        return NULL;
    }
    StreamBufferHandle_t stream =
        xStreamBufferGenericCreateStatic(size, trigger_level, is_message_buffer, (uint8_t *)(memory + 1), memory);
    stream->own_memory = true;
    return stream;
}

void vStreamBufferDelete(StreamBufferHandle_t stream)
{
    configASSERT(stream);
    if (stream->own_memory) {
        free(stream);
    }
}

/** Writes what fits (a message: all or nothing) and wakes the reader; masked. */
static size_t write_now(StreamBufferHandle_t stream, const void *data, size_t length)
{
    size_t room = stream->size - stream->count;
    if (stream->messages) {
        if (room < length + HEADER) {
            return 0;
        }
        uint32_t header = length;
        copy_in(stream, &header, HEADER);
    } else if (room < length) {
        length = room;
    }
    copy_in(stream, data, length);
    if (stream->count >= stream->trigger) {
        k_wake_first(&stream->reader);
    }
    return length;
}

static size_t read_now(StreamBufferHandle_t stream, void *data, size_t length)
{
    if (stream->count == 0) {
        return 0;
    }
    if (stream->messages) {
        uint32_t header;
        copy_out(stream, &header, HEADER, true);
        if (header > length) {
            return 0;
        }
        copy_out(stream, &header, HEADER, false);
        length = header;
    } else if (length > stream->count) {
        length = stream->count;
    }
    copy_out(stream, data, length, false);
    k_wake_first(&stream->writer);
    return length;
}

size_t xStreamBufferSend(StreamBufferHandle_t stream, const void *data, size_t length, TickType_t ticks)
{
    configASSERT(data);
    configASSERT(stream);
    uint32_t state = k_mask();
    uint64_t deadline = k_deadline(ticks);
    size_t needed = length + (stream->messages ? HEADER : 0);
    if (needed > stream->size) {
        // A message that can never fit is not waited for; of a stream, as much as fits is sent.
        needed = stream->messages ? 0 : stream->size;
    }
    while (needed > 0 && ticks > 0 && stream->size - stream->count < needed) {
        if (k_block(&stream->writer, deadline) == K_TIMED_OUT) {
            break;
        }
    }
    size_t sent = write_now(stream, data, length);
    k_switch_if_due();
    k_unmask(state);
    return sent;
}

size_t xStreamBufferSendFromISR(StreamBufferHandle_t stream, const void *data, size_t length, BaseType_t *const woken)
{
    uint32_t state = k_mask();
    bool waited = !k_waiters_empty(&stream->reader);
    size_t sent = write_now(stream, data, length);
    if (woken != NULL && waited && k_waiters_empty(&stream->reader)) {
        *woken = pdTRUE;
    }
    k_unmask(state);
    return sent;
}

size_t xStreamBufferReceive(StreamBufferHandle_t stream, void *data, size_t length, TickType_t ticks)
{
    configASSERT(data);
    configASSERT(stream);
    uint32_t state = k_mask();
    uint64_t deadline = k_deadline(ticks);
    if (stream->count == 0 && ticks > 0) {
        while (k_block(&stream->reader, deadline) == K_INTERRUPTED && stream->count == 0) {
        }
    }
    size_t received = read_now(stream, data, length);
    k_switch_if_due();
    k_unmask(state);
    return received;
}

size_t xStreamBufferReceiveFromISR(StreamBufferHandle_t stream, void *data, size_t length, BaseType_t *const woken)
{
    uint32_t state = k_mask();
    bool waited = !k_waiters_empty(&stream->writer);
    size_t received = read_now(stream, data, length);
    if (woken != NULL && waited && k_waiters_empty(&stream->writer)) {
        *woken = pdTRUE;
    }
    k_unmask(state);
    return received;
}

size_t xStreamBufferNextMessageLengthBytes(StreamBufferHandle_t stream)
{
    uint32_t state = k_mask();
    uint32_t header = 0;
    if (stream->messages && stream->count > 0) {
        copy_out(stream, &header, HEADER, true);
    }
    k_unmask(state);
    return header;
}

BaseType_t xStreamBufferIsFull(StreamBufferHandle_t stream)
{
    return stream->size - stream->count <= (stream->messages ? HEADER : 0);
}

BaseType_t xStreamBufferIsEmpty(StreamBufferHandle_t stream)
{
    return stream->count == 0;
}

size_t xStreamBufferSpacesAvailable(StreamBufferHandle_t stream)
{
    return stream->size - stream->count;
}

size_t xStreamBufferBytesAvailable(StreamBufferHandle_t stream)
{
    return stream->count;
}

BaseType_t xStreamBufferSetTriggerLevel(StreamBufferHandle_t stream, size_t level)
{
    // FreeRTOS compares with its own length, which is one byte more than the buffer holds.
    if (level > stream->size + 1) {
        return pdFALSE;
    }
    stream->trigger = level == 0 ? 1 : level;
    return pdTRUE;
}

BaseType_t xStreamBufferReset(StreamBufferHandle_t stream)
{
    uint32_t state = k_mask();
    BaseType_t done = pdFAIL;
    if (k_waiters_empty(&stream->reader) && k_waiters_empty(&stream->writer)) {
        stream->count = stream->read = 0;
        done = pdPASS;
    }
    k_unmask(state);
    return done;
}
