// SPDX-License-Identifier: Apache-2.0

/** @file From the first C function to app_main(). */

#include <stdio.h>

#include "allocator.h"
#include "esp_app_desc.h"
#include "esp_log.h"
#include "esp_rom_sys.h"
#include "esp_system.h"
#include "esp_task.h"
#include "esp_vfs_console.h"
#include "interrupts.h"
#include "kernel.h"
#include "link_options.h"
#include "reset_hint.h"
#include "sdk_init.h"
#include "sdk_start.h"
#include "systimer.h"
#include "watchdogs.h"

LINK_OPTION(main_task_stack_size, "CONFIG_ESP_MAIN_TASK_STACK_SIZE");
LINK_OPTION(log_default_level, "CONFIG_LOG_DEFAULT_LEVEL");

extern void app_main(void);
extern char _heap_start[], _heap_end[];
extern const sdk_init_t __sdk_init_start[], __sdk_init_end[];
extern void (*const __preinit_array_start[])(void), (*const __preinit_array_end[])(void);
extern void (*const __init_array_start[])(void), (*const __init_array_end[])(void);

static void print_boot_lines(void)
{
    static const char *const TAG = "cpu_start";
    const esp_app_desc_t *description = esp_app_get_description();
    char digest[CONFIG_APP_RETRIEVE_LEN_ELF_SHA + 1];
    esp_app_get_elf_sha256(digest, sizeof(digest));
    ESP_EARLY_LOGI(TAG, "Unicore app");
    ESP_EARLY_LOGI(TAG, "Pro cpu up.");
    ESP_EARLY_LOGI(TAG, "Pro cpu start user code");
    ESP_EARLY_LOGI(TAG, "cpu freq: %d Hz", CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ * 1000000);
    ESP_EARLY_LOGI(TAG, "Application information:");
    ESP_EARLY_LOGI(TAG, "Project name:     %s", description->project_name);
    ESP_EARLY_LOGI(TAG, "App version:      %s", description->version);
    ESP_EARLY_LOGI(TAG, "ELF file SHA256:  %s...", digest);
    ESP_EARLY_LOGI(TAG, "ESP-IDF:          %s", description->idf_ver);
    static const char *const HEAP = "heap_init";
    uint32_t size = (uint32_t)_heap_end - (uint32_t)_heap_start;
    ESP_EARLY_LOGI(HEAP, "Initializing. RAM available for dynamic allocation:");
    ESP_EARLY_LOGI(HEAP, "At %08X len %08X (%d KiB): %s", (unsigned)_heap_start, (unsigned)size, (int)(size / 1024),
                   "DRAM");
}

static void main_task(void *arg)
{
    static const char *const TAG = "main_task";
    (void)arg;
    ESP_LOGI(TAG, "Started on CPU%d", xPortGetCoreID());
    task_wdt_start();
    for (const sdk_init_t *init = __sdk_init_start; init < __sdk_init_end; init++) {
        (*init)();
    }
    ESP_LOGI(TAG, "Calling app_main()");
    app_main();
    ESP_LOGI(TAG, "Returned from app_main()");
    vTaskDelete(NULL);
}

void sdk_start(void)
{
    esp_log_default_level = (esp_log_level_t)LINK_OPTION_VALUE(log_default_level);
    watchdogs_quiet();
    interrupt_init();
    systimer_init();
    reset_hint_read();
    allocator_init(_heap_start, _heap_end);
    k_sched_init();
    esp_vfs_console_register();
    print_boot_lines();
    for (void (*const *init)(void) = __preinit_array_start; init < __preinit_array_end; init++) {
        (*init)();
    }
    for (void (*const *init)(void) = __init_array_start; init < __init_array_end; init++) {
        (*init)();
    }

    xTaskCreatePinnedToCore(sdk_idle_task, "IDLE", configIDLE_TASK_STACK_SIZE, NULL, tskIDLE_PRIORITY, &k_idle_task, 0);
    sdk_timers_start();
    sdk_esp_timer_start();
    xTaskCreatePinnedToCore(main_task, "main", LINK_OPTION_VALUE(main_task_stack_size) + TASK_EXTRA_STACK_SIZE, NULL, ESP_TASK_MAIN_PRIO, NULL,
                            ESP_TASK_MAIN_CORE);
    ESP_EARLY_LOGI("app_start", "Starting scheduler on CPU0");
    int_wdt_start();
    vTaskStartScheduler();
}
