// SPDX-License-Identifier: Apache-2.0

/**
 * @file
 * Ways to restart, and what the next start says of it. The first call does nothing after power-on; after all other
 * topics it begins, and from then on each start goes one way further.
 */

#include "topics.h"

#include <assert.h>
#include <stdlib.h>

#include "esp_attr.h"
#include "esp_system.h"
#include "freertos/semphr.h"

static RTC_NOINIT_ATTR uint32_t s_mark, s_step;
/** Not known to the compiler, which would rather not access such an address. */
static volatile uintptr_t s_address = 0x10;

static void __attribute__((noinline)) eat_stack(int depth)
{
    volatile char block[64];
    memset((void *)block, depth, sizeof(block));
    if (depth > 0) {
        eat_stack(depth - 1);
    } else {
        vTaskDelay(1);
    }
    block[0]++;
}

static void overflow(void *unused)
{
    (void)unused;
    eat_stack(25);
    vTaskDelete(NULL);
}

static void give_back(void *mutex)
{
    xSemaphoreGive(mutex);
    vTaskDelete(NULL);
}

static void returns(void *unused)
{
    (void)unused;
}

static void say_goodbye(void)
{
    printf("the shutdown handler runs\n");
}

/** The compiler must not see two of these as one. */
static void (*volatile s_free)(void *) = free;

static void end(uint32_t step)
{
    switch (step) {
    case 0:
        STATUS(esp_register_shutdown_handler(say_goodbye));
        STATUS(esp_register_shutdown_handler(say_goodbye));
        esp_restart();
    case 1:
        abort();
    case 2:
        assert(step == 77);
        break;
    case 3:
        (void)*(volatile int *)s_address;
        break;
    case 4:
        *(volatile int *)s_address = 1;
        break;
    case 5:
        ESP_ERROR_CHECK(ESP_ERR_NO_MEM);
        break;
    case 6:
        xTaskCreate(overflow, "overflow", 1024, NULL, 5, NULL);
        break;
    case 7:
        xTaskCreate(returns, "returns", 2048, NULL, 5, NULL);
        break;
    case 8: {
        SemaphoreHandle_t mutex = xSemaphoreCreateMutex();
        xSemaphoreTake(mutex, 0);
        xTaskCreate(give_back, "gives", 2048, mutex, 5, NULL);
        break;
    }
    case 9: {
        char *block = malloc(16);
        s_free(block);
        s_free(block);
        break;
    }
    case 10: {
        static portMUX_TYPE mux = portMUX_INITIALIZER_UNLOCKED;
        taskENTER_CRITICAL(&mux);
        for (;;) {
        }
    }
    case 11:
        exit(3);
    case 12:
        ESP_ERROR_CHECK_WITHOUT_ABORT(ESP_ERR_NOT_FOUND);
        printf("END\n");
        fflush(stdout);
        s_mark = 0;
        for (;;) {
            vTaskDelay(1000);
        }
    }
    vTaskDelay(1000);
}

void topic_resets(void)
{
    static bool called;
    if (s_mark != 0x5eed1234) {
        s_mark = 0;
        if (!called) {
            called = true;
            return;
        }
        printf("\n## resets\n");
        s_mark = 0x5eed1234;
        s_step = 0;
    } else {
        printf("reason %d\n", esp_reset_reason());
        s_step++;
    }
    printf("step %d\n", (int)s_step);
    fflush(stdout);
    end(s_step);
}
