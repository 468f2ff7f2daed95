// SPDX-License-Identifier: Apache-2.0

/** @file POSIX threads at work: a bounded buffer with two writers and two readers. */

#include "check.h"

#include <pthread.h>

#include "esp_heap_caps.h"

#define ITEMS 2000

static pthread_mutex_t s_mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t s_not_full = PTHREAD_COND_INITIALIZER, s_not_empty = PTHREAD_COND_INITIALIZER;
static int s_buffer[5], s_count, s_taken;
static int64_t s_sum;

static void *put(void *first)
{
    for (int i = 0; i < ITEMS / 2; i++) {
        pthread_mutex_lock(&s_mutex);
        while (s_count == 5) {
            pthread_cond_wait(&s_not_full, &s_mutex);
        }
        s_buffer[s_count++] = (int)(intptr_t)first + i;
        pthread_cond_signal(&s_not_empty);
        pthread_mutex_unlock(&s_mutex);
    }
    return NULL;
}

static void *take(void *unused)
{
    intptr_t own = 0;
    (void)unused;
    pthread_mutex_lock(&s_mutex);
    while (s_taken < ITEMS) {
        if (s_count == 0) {
            pthread_cond_wait(&s_not_empty, &s_mutex);
            continue;
        }
        s_sum += s_buffer[--s_count];
        s_taken++;
        own++;
        pthread_cond_signal(&s_not_full);
    }
    // The other reader may wait for what will not come.
    pthread_cond_broadcast(&s_not_empty);
    pthread_mutex_unlock(&s_mutex);
    return (void *)own;
}

static void *give_up(void *unused)
{
    (void)unused;
    struct timespec moment;
    clock_gettime(CLOCK_REALTIME, &moment);
    moment.tv_nsec += 50000000;
    pthread_mutex_lock(&s_mutex);
    int result = pthread_cond_timedwait(&s_not_full, &s_mutex, &moment);
    pthread_mutex_unlock(&s_mutex);
    return (void *)(intptr_t)result;
}

void app_main(void)
{
    pthread_t threads[4];
    void *results[4];
    pthread_create(&threads[0], NULL, take, NULL);
    pthread_create(&threads[1], NULL, put, (void *)0);
    pthread_create(&threads[2], NULL, put, (void *)(ITEMS / 2));
    pthread_create(&threads[3], NULL, take, NULL);
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], &results[i]);
    }
    CHECK_EQUAL("every item is taken", (intptr_t)results[0] + (intptr_t)results[3], ITEMS);
    CHECK_EQUAL("once", s_sum, (int64_t)ITEMS * (ITEMS - 1) / 2);
    pthread_create(&threads[0], NULL, give_up, NULL);
    pthread_join(threads[0], &results[0]);
    CHECK_EQUAL("a wait has its limit", (intptr_t)results[0], 116);
    vTaskDelay(5);
    size_t before = heap_caps_get_free_size(MALLOC_CAP_DEFAULT);
    for (int i = 0; i < 100; i++) {
        pthread_create(&threads[0], NULL, give_up, NULL);
        pthread_join(threads[0], NULL);
    }
    vTaskDelay(5);
    CHECK_EQUAL("threads leave nothing behind", before - heap_caps_get_free_size(MALLOC_CAP_DEFAULT), 0);
    printf("DONE\n");
}
