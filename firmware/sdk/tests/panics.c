// SPDX-License-Identifier: Apache-2.0

/**
 * @file
 * Every way to die: each run dies in one of them, and the next, after the reset, goes on to the following. Which one
 * is due is kept in RTC memory. The runner compares the texts with panics.expect.
 */

#include <assert.h>
#include <stdlib.h>

#include "check.h"
#include "esp_attr.h"
#include "esp_err.h"
#include "esp_freertos_hooks.h"
#include "esp_log.h"
#include "esp_netif.h"
#include "esp_system.h"
#include "freertos/semphr.h"
#include "lwip/sockets.h"

static RTC_NOINIT_ATTR uint32_t mark, step;

/** Not known to the compiler, which would rather not access such addresses. */
static volatile uintptr_t low_address = 0x10;

static void return_from_task(void *arg)
{
    (void)arg;
}

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

static void overflow(void *arg)
{
    (void)arg;
    eat_stack(25);
    vTaskDelete(NULL);
}

static void log_float(void *arg)
{
    (void)arg;
    ESP_LOGI("test", "%f", (double)low_address);
    vTaskDelay(1);
    vTaskDelete(NULL);
}

static void print_in_handler(void)
{
    puts("FAIL printed in a handler");
}

#define WAYS 26

static void die(uint32_t way)
{
    static portMUX_TYPE mux = portMUX_INITIALIZER_UNLOCKED;
    switch (way) {
    case 0:
        (void)*(volatile int *)low_address;
        break;
    case 1:
        *(volatile int *)(low_address - 0x10) = 1;
        break;
    case 2:
        ((void (*)(void))0x20000000)();
        break;
    case 3:
        __asm__ volatile(".word 0xffffffff");
        break;
    case 4:
        __asm__ volatile("ebreak");
        break;
    case 5:
        abort();
    case 6:
        assert(way == 5 && "six is not five");
        break;
    case 7:
        ESP_ERROR_CHECK(ESP_ERR_INVALID_STATE);
        break;
    case 8:
        xTaskCreate(return_from_task, "returner", 2048, NULL, 5, NULL);
        break;
    case 9:
        xTaskCreate(overflow, "overflower", 1536, NULL, 5, NULL);
        break;
    case 10:
        portENTER_CRITICAL(&mux);
        for (;;) {
        }
    case 11: {
        void *volatile p = malloc(100);
        void *volatile again = p;
        free(p);
        free(again);
        break;
    }
    case 12:
        *(volatile uint32_t *)0x42000000 = 0;
        break;
    case 13:
        xSemaphoreTake(NULL, 0);
        break;
    case 14:
        __asm__ volatile("ecall");
        break;
    case 15: {
        volatile char *p = malloc(20);
        for (int i = 0; i < 40; i++) {
            p[i] = 0x55;
        }
        free((void *)p);
        break;
    }
    case 16:
        portENTER_CRITICAL(&mux);
        xQueueReceive(xQueueCreate(1, 1), &way, portMAX_DELAY);
        break;
    case 17:
        esp_restart();
    case 18:
        portENTER_CRITICAL(&mux);
        printf("FAIL printed in a critical section\n");
        break;
    case 19:
        portENTER_CRITICAL(&mux);
        ESP_LOGI("test", "FAIL logged in a critical section");
        break;
    case 20:
        esp_register_freertos_tick_hook(print_in_handler);
        break;
    case 21:
        vTaskSuspendAll();
        printf("FAIL printed while no task can be switched to\n");
        break;
    case 22:
        vTaskSuspendAll();
        vTaskDelay(1);
        break;
    case 23:
        portENTER_CRITICAL(&mux);
        xQueueReceive(xQueueCreate(1, 1), &way, 1);
        break;
    case 24: {
        portENTER_CRITICAL(&mux);
        int listener = socket(AF_INET, SOCK_STREAM, 0);
        printf("FAIL made socket %d in a critical section\n", listener);
        break;
    }
    case 25:
        xTaskCreate(log_float, "small", 1024, NULL, 5, NULL);
        break;
    default:
        break;
    }
    vTaskDelay(100);
}

void app_main(void)
{
    esp_netif_init();
    if (mark != 0x600df00d) {
        mark = 0x600df00d;
        step = 0;
    } else {
        printf("reset reason %d\n", esp_reset_reason());
    }
    if (step < WAYS) {
        printf("step %u\n", (unsigned)step);
        die(step++);
        printf("FAIL still alive\n");
    }
    printf("DONE\n");
}
