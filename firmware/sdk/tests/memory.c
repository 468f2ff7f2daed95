// SPDX-License-Identifier: Apache-2.0

/** @file The heap. */

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>

#include "check.h"
#include "esp_heap_caps.h"
#include "esp_random.h"
#include "esp_system.h"

#define BLOCKS 100

static uint8_t *blocks[BLOCKS];
static size_t sizes[BLOCKS];

static bool intact(int i)
{
    for (size_t k = 0; k < sizes[i]; k++) {
        if (blocks[i][k] != (uint8_t)(i + k)) {
            return false;
        }
    }
    return true;
}

static void fill(int i)
{
    for (size_t k = 0; k < sizes[i]; k++) {
        blocks[i][k] = (uint8_t)(i + k);
    }
}

/** Thousands of random calls; no block may be damaged or misaligned. */
static void random_calls(void)
{
    size_t before = esp_get_free_heap_size();
    bool good = true;
    srand(1);
    for (int n = 0; n < 5000 && good; n++) {
        int i = rand() % BLOCKS;
        if (blocks[i] == NULL) {
            sizes[i] = rand() % 10 == 0 ? rand() % 8000 + 1 : rand() % 200 + 1;
            size_t alignment = 1u << (rand() % 7 + 2);
            blocks[i] = rand() % 4 == 0 ? memalign(alignment, sizes[i]) : malloc(sizes[i]);
            good = blocks[i] != NULL && ((uintptr_t)blocks[i] & 7) == 0;
            fill(i);
        } else if (rand() % 3 == 0) {
            size_t size = rand() % 400 + 1;
            uint8_t *moved = realloc(blocks[i], size);
            good = moved != NULL;
            blocks[i] = moved;
            size_t kept = size < sizes[i] ? size : sizes[i];
            sizes[i] = kept;
            good = good && intact(i);
            sizes[i] = size;
            fill(i);
        } else {
            good = intact(i);
            free(blocks[i]);
            blocks[i] = NULL;
        }
    }
    CHECK("blocks stay intact through 5000 random calls", good);
    CHECK("the heap is consistent", heap_caps_check_integrity_all(true));
    for (int i = 0; i < BLOCKS; i++) {
        free(blocks[i]);
        blocks[i] = NULL;
    }
    CHECK_EQUAL("all memory comes back", esp_get_free_heap_size(), before);
    multi_heap_info_t info;
    heap_caps_get_info(&info, MALLOC_CAP_DEFAULT);
    CHECK("in one piece", info.free_blocks <= 2);
}

static int failures;

static void on_failure(size_t size, uint32_t caps, const char *function)
{
    (void)size;
    (void)caps;
    (void)function;
    failures++;
}

static void hog(void *arg)
{
    for (int i = 0; i < 300; i++) {
        void *p = malloc(64 + i);
        vTaskDelay(i % 30 == 0);
        free(p);
    }
    (*(volatile int *)arg)++;
    vTaskDelete(NULL);
}

void app_main(void)
{
    CHECK("over 300 KiB are free at start", esp_get_free_heap_size() > 300 * 1024);
    random_calls();
    errno = 0;
    CHECK("too much is refused, without errno, as by ESP-IDF", malloc(1000000) == NULL && errno == 0);
    heap_caps_register_failed_alloc_callback(on_failure);
    free(heap_caps_malloc(500000, MALLOC_CAP_DEFAULT));
    CHECK_EQUAL("and reported to the hook", failures, 1);
    CHECK("memory the chip lacks is refused", heap_caps_malloc(16, MALLOC_CAP_SPIRAM) == NULL &&
                                                  heap_caps_get_free_size(MALLOC_CAP_SPIRAM) == 0);
    uint8_t *zeroed = calloc(100, 7);
    bool zero = zeroed != NULL;
    for (int i = 0; i < 700; i++) {
        zero = zero && zeroed[i] == 0;
    }
    CHECK("calloc gives zeros", zero);
    free(zeroed);
    volatile size_t many = 0x10000;
    CHECK("calloc notices an overflow", calloc(many, 0x10001) == NULL);
    void *aligned = NULL;
    CHECK("posix_memalign aligns", posix_memalign(&aligned, 256, 100) == 0 && ((uintptr_t)aligned & 255) == 0);
    free(aligned);
    size_t now = esp_get_free_heap_size();
    void *volatile big = malloc(200000);
    free(big);
    CHECK("the minimum is remembered", esp_get_minimum_free_heap_size() < now - 199000);
    volatile int ended = 0;
    for (int i = 0; i < 4; i++) {
        xTaskCreate(hog, "hog", 2048, (void *)&ended, 1 + i, NULL);
    }
    while (ended < 4) {
        vTaskDelay(10);
    }
    CHECK("tasks share it", heap_caps_check_integrity_all(true));
    printf("DONE\n");
}
