// SPDX-License-Identifier: Apache-2.0

/** @file Ring buffers: order, the end of the memory, waiting, all three types, from one task to another. */

#include "check.h"

#include "esp_random.h"
#include "freertos/ringbuf.h"

static char s_text[64];

/** Receives one item, gives it back, returns it as text ("-" for none). */
static const char *take(RingbufHandle_t ring)
{
    size_t size;
    char *item = xRingbufferReceive(ring, &size, 0);
    if (item == NULL) {
        return "-";
    }
    memcpy(s_text, item, size);
    s_text[size] = '\0';
    vRingbufferReturnItem(ring, item);
    return s_text;
}

static void whole_items(void)
{
    RingbufHandle_t ring = xRingbufferCreate(64, RINGBUF_TYPE_NOSPLIT);
    CHECK_EQUAL("an item may take nearly half", xRingbufferGetMaxItemSize(ring), 24);
    CHECK("larger ones are refused at once", !xRingbufferSend(ring, s_text, 25, portMAX_DELAY));
    for (int round = 0; round < 50; round++) {
        char text[20];
        int length = snprintf(text, sizeof(text), "item %d%.*s", round, round % 7, "......");
        if (!xRingbufferSend(ring, text, (size_t)length, 0) || strcmp(take(ring), text) != 0) {
            CHECK("items go round the memory", false);
            return;
        }
    }
    CHECK("items go round the memory", true);
    xRingbufferSend(ring, "one", 3, 0);
    xRingbufferSend(ring, "two", 3, 0);
    size_t size;
    void *first = xRingbufferReceive(ring, &size, 0), *second = xRingbufferReceive(ring, &size, 0);
    CHECK("two may be out at once", first != NULL && second != NULL);
    size_t before = xRingbufferGetCurFreeSize(ring);
    vRingbufferReturnItem(ring, second);
    CHECK_EQUAL("room comes free in order", xRingbufferGetCurFreeSize(ring), before);
    vRingbufferReturnItem(ring, first);
    CHECK_EQUAL("all of it in the end", xRingbufferGetCurFreeSize(ring), 24);
    void *place;
    CHECK("room can be had before there is an item", xRingbufferSendAcquire(ring, &place, 5, 0));
    CHECK_TEXT("which is not seen yet", take(ring), "-");
    memcpy(place, "later", 5);
    xRingbufferSendComplete(ring, place);
    CHECK_TEXT("until it is complete", take(ring), "later");
    vRingbufferDelete(ring);
}

static void split_items(void)
{
    RingbufHandle_t ring = xRingbufferCreate(64, RINGBUF_TYPE_ALLOWSPLIT);
    CHECK_EQUAL("an item may take all but two headers", xRingbufferGetMaxItemSize(ring), 48);
    xRingbufferSend(ring, "0123456789012345678901234567", 28, 0);
    take(ring);
    CHECK("one that meets the end goes in", xRingbufferSend(ring, "abcdefghijklmnopqrstuvwxyzABCDEF", 32, 0));
    void *head, *tail;
    size_t head_size, tail_size;
    CHECK("and comes out in two", xRingbufferReceiveSplit(ring, &head, &tail, &head_size, &tail_size, 0) && tail != NULL);
    memcpy(s_text, head, head_size);
    memcpy(s_text + head_size, tail, tail_size);
    s_text[head_size + tail_size] = '\0';
    CHECK_TEXT("that are the item", s_text, "abcdefghijklmnopqrstuvwxyzABCDEF");
    vRingbufferReturnItem(ring, head);
    vRingbufferReturnItem(ring, tail);
    CHECK_EQUAL("both come back", xRingbufferGetCurFreeSize(ring), 48);
    vRingbufferDelete(ring);
}

/** Sends a running count in portions of any size. */
static void send_bytes(void *ring)
{
    uint8_t portion[32], next = 0;
    for (int sent = 0; sent < 20000;) {
        size_t size = 1 + esp_random() % sizeof(portion);
        for (size_t i = 0; i < size; i++) {
            portion[i] = next++;
        }
        xRingbufferSend(ring, portion, size, portMAX_DELAY);
        sent += (int)size;
    }
    vTaskDelete(NULL);
}

static void bytes(void)
{
    static StaticRingbuffer_t control;
    static uint8_t memory[50];
    RingbufHandle_t ring = xRingbufferCreateStatic(sizeof(memory), RINGBUF_TYPE_BYTEBUF, memory, &control);
    xTaskCreate(send_bytes, "sender", 2048, ring, 2, NULL);
    uint8_t next = 0;
    int wrong = 0;
    for (int got = 0; got < 20000;) {
        size_t size;
        uint8_t *part = xRingbufferReceiveUpTo(ring, &size, portMAX_DELAY, 1 + esp_random() % 40);
        for (size_t i = 0; i < size; i++) {
            wrong += part[i] != next++;
        }
        got += (int)size;
        vRingbufferReturnItem(ring, part);
    }
    CHECK_EQUAL("bytes arrive in order and once", wrong, 0);
    vTaskDelay(2);
    vRingbufferDelete(ring);
}

void app_main(void)
{
    whole_items();
    split_items();
    bytes();
    printf("DONE\n");
}
