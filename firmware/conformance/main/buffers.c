// SPDX-License-Identifier: Apache-2.0

/** @file Stream buffers, message buffers and ring buffers. */

#include "topics.h"

#include "freertos/message_buffer.h"
#include "freertos/ringbuf.h"
#include "freertos/stream_buffer.h"

static char s_text[40];

static void send_later(void *buffer)
{
    vTaskDelay(10);
    xStreamBufferSend(buffer, "abc", 3, 0);
    vTaskDelay(10);
    xStreamBufferSend(buffer, "defgh", 5, 0);
    vTaskDelete(NULL);
}

static void streams(void)
{
    StreamBufferHandle_t buffer = xStreamBufferCreate(10, 4);
    SHOW(xStreamBufferIsEmpty(buffer));
    SHOW(xStreamBufferSpacesAvailable(buffer));
    SHOW(xStreamBufferSend(buffer, "hello", 5, 0));
    SHOW(xStreamBufferBytesAvailable(buffer));
    SHOW(xStreamBufferSend(buffer, "wonderful", 9, 2));
    SHOW(xStreamBufferIsFull(buffer));
    SHOW(xStreamBufferReceive(buffer, s_text, 7, 0));
    SHOW(xStreamBufferReceive(buffer, s_text, 7, 0));
    SHOW(xStreamBufferReceive(buffer, s_text, 7, 2));
    xTaskCreate(send_later, "later", 2048, buffer, 6, NULL);
    SHOW(TAKES(50, xStreamBufferReceive(buffer, s_text, sizeof(s_text), 50)));
    SHOW(xStreamBufferBytesAvailable(buffer));
    SHOW(xStreamBufferSetTriggerLevel(buffer, 11));
    SHOW(xStreamBufferSetTriggerLevel(buffer, 1));
    SHOW(xStreamBufferReset(buffer));
    vStreamBufferDelete(buffer);
}

static void messages(void)
{
    MessageBufferHandle_t buffer = xMessageBufferCreate(20);
    SHOW(xMessageBufferSend(buffer, "one", 3, 0));
    SHOW(xMessageBufferSend(buffer, "twoo", 4, 0));
    SHOW(xMessageBufferSend(buffer, "three", 5, 1));
    SHOW(xMessageBufferSpacesAvailable(buffer));
    SHOW(xMessageBufferReceive(buffer, s_text, 2, 0));
    SHOW(xMessageBufferReceive(buffer, s_text, sizeof(s_text), 0));
    SHOW(xMessageBufferReceive(buffer, s_text, sizeof(s_text), 0));
    SHOW(xMessageBufferReceive(buffer, s_text, sizeof(s_text), 1));
    SHOW(xMessageBufferIsEmpty(buffer));
    vMessageBufferDelete(buffer);
}

/** Receives an item, shows its size and beginning, returns it. */
static void take(RingbufHandle_t buffer, size_t at_most)
{
    size_t size = 0;
    char *item = at_most ? xRingbufferReceiveUpTo(buffer, &size, 1, at_most) : xRingbufferReceive(buffer, &size, 1);
    printf("item: %.*s (%d)\n", item ? (int)size : 4, item ? item : "none", (int)size);
    if (item != NULL) {
        vRingbufferReturnItem(buffer, item);
    }
}

static void rings(void)
{
    RingbufHandle_t buffer = xRingbufferCreate(64, RINGBUF_TYPE_NOSPLIT);
    SHOW(xRingbufferGetMaxItemSize(buffer));
    SHOW(xRingbufferGetCurFreeSize(buffer));
    SHOW(xRingbufferSend(buffer, "first", 5, 0));
    SHOW(xRingbufferSend(buffer, "second one", 10, 0));
    SHOW(xRingbufferGetCurFreeSize(buffer));
    SHOW(xRingbufferSend(buffer, "too large for what is left of it", 32, 1));
    SHOW(xRingbufferSend(buffer, "larger than it is possible for any item", 40, 1));
    take(buffer, 0);
    take(buffer, 0);
    take(buffer, 0);
    vRingbufferDelete(buffer);

    buffer = xRingbufferCreate(20, RINGBUF_TYPE_BYTEBUF);
    SHOW(xRingbufferGetMaxItemSize(buffer));
    SHOW(xRingbufferSend(buffer, "0123456789abcdef", 16, 0));
    SHOW(xRingbufferSend(buffer, "ghijkl", 6, 1));
    take(buffer, 10);
    SHOW(xRingbufferSend(buffer, "ghijkl", 6, 1));
    SHOW(xRingbufferGetCurFreeSize(buffer));
    take(buffer, 0);
    take(buffer, 0);
    take(buffer, 0);
    vRingbufferDelete(buffer);

    buffer = xRingbufferCreateNoSplit(12, 3);
    SHOW(buffer != NULL);
    vRingbufferDelete(buffer);
}

void topic_buffers(void)
{
    streams();
    messages();
    rings();
}
