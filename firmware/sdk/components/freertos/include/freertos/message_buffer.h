// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Message buffers: stream buffers that keep messages whole (FreeRTOS's message_buffer.h). Each message costs 4 bytes more.
 */

#ifndef FREERTOS_MESSAGE_BUFFER_H
#define FREERTOS_MESSAGE_BUFFER_H

#ifndef INC_FREERTOS_H
#error "include FreeRTOS.h must appear in source files before include message_buffer.h"
#endif

#include "freertos/stream_buffer.h"

typedef void *MessageBufferHandle_t;

#define xMessageBufferCreate(size) (MessageBufferHandle_t) xStreamBufferGenericCreate(size, (size_t)0, pdTRUE)
#define xMessageBufferCreateStatic(size, storage, buffer) \
    (MessageBufferHandle_t) xStreamBufferGenericCreateStatic(size, 0, pdTRUE, storage, buffer)
#define xMessageBufferSend(messages, data, length, ticks) \
    xStreamBufferSend((StreamBufferHandle_t)(messages), data, length, ticks)
#define xMessageBufferSendFromISR(messages, data, length, woken) \
    xStreamBufferSendFromISR((StreamBufferHandle_t)(messages), data, length, woken)
#define xMessageBufferReceive(messages, data, length, ticks) \
    xStreamBufferReceive((StreamBufferHandle_t)(messages), data, length, ticks)
#define xMessageBufferReceiveFromISR(messages, data, length, woken) \
    xStreamBufferReceiveFromISR((StreamBufferHandle_t)(messages), data, length, woken)
#define vMessageBufferDelete(messages) vStreamBufferDelete((StreamBufferHandle_t)(messages))
#define xMessageBufferIsFull(messages) xStreamBufferIsFull((StreamBufferHandle_t)(messages))
#define xMessageBufferIsEmpty(messages) xStreamBufferIsEmpty((StreamBufferHandle_t)(messages))
#define xMessageBufferReset(messages) xStreamBufferReset((StreamBufferHandle_t)(messages))
#define xMessageBufferSpaceAvailable(messages) xStreamBufferSpacesAvailable((StreamBufferHandle_t)(messages))
#define xMessageBufferSpacesAvailable(messages) xStreamBufferSpacesAvailable((StreamBufferHandle_t)(messages))
#define xMessageBufferNextLengthBytes(messages) xStreamBufferNextMessageLengthBytes((StreamBufferHandle_t)(messages))

#endif
