// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Stream buffers: bytes from one writer to one reader (FreeRTOS's stream_buffer.h). A reader that waits is woken when
 * the trigger level is reached.
 */

#ifndef STREAM_BUFFER_H
#define STREAM_BUFFER_H

#ifndef INC_FREERTOS_H
#error "include FreeRTOS.h must appear in source files before include stream_buffer.h"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct StreamBufferDef_t *StreamBufferHandle_t;

#define xStreamBufferCreate(size, trigger_level) xStreamBufferGenericCreate(size, trigger_level, pdFALSE)
/** @p storage must hold @p size + 1 bytes. */
#define xStreamBufferCreateStatic(size, trigger_level, storage, buffer) \
    xStreamBufferGenericCreateStatic(size, trigger_level, pdFALSE, storage, buffer)

/** Bytes written: less than @p length when room ran out for @p ticks. A message is written whole or not at all. */
size_t xStreamBufferSend(StreamBufferHandle_t stream, const void *data, size_t length, TickType_t ticks);
size_t xStreamBufferSendFromISR(StreamBufferHandle_t stream, const void *data, size_t length, BaseType_t *const woken);
/** Bytes read; 0 at the time-out, and for a message that is longer than @p length. */
size_t xStreamBufferReceive(StreamBufferHandle_t stream, void *data, size_t length, TickType_t ticks);
size_t xStreamBufferReceiveFromISR(StreamBufferHandle_t stream, void *data, size_t length, BaseType_t *const woken);
void vStreamBufferDelete(StreamBufferHandle_t stream);
BaseType_t xStreamBufferIsFull(StreamBufferHandle_t stream);
BaseType_t xStreamBufferIsEmpty(StreamBufferHandle_t stream);
/** pdFAIL when a task waits on it. */
BaseType_t xStreamBufferReset(StreamBufferHandle_t stream);
size_t xStreamBufferSpacesAvailable(StreamBufferHandle_t stream);
size_t xStreamBufferBytesAvailable(StreamBufferHandle_t stream);
/** pdFALSE when the level is larger than the buffer. */
BaseType_t xStreamBufferSetTriggerLevel(StreamBufferHandle_t stream, size_t level);
/** Length of the next message, or 0. */
size_t xStreamBufferNextMessageLengthBytes(StreamBufferHandle_t stream);
StreamBufferHandle_t xStreamBufferGenericCreate(size_t size, size_t trigger_level, BaseType_t is_message_buffer);
StreamBufferHandle_t xStreamBufferGenericCreateStatic(size_t size, size_t trigger_level, BaseType_t is_message_buffer,
                                                      uint8_t *const storage, StaticStreamBuffer_t *const buffer);

#ifdef __cplusplus
}
#endif

#endif
