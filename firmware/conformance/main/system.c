// SPDX-License-Identifier: Apache-2.0

/** @file The chip, the application, memory, random numbers. */

#include "topics.h"

#include <stdlib.h>
#include <time.h>
#include <sys/time.h>

#include "esp_app_desc.h"
#include "esp_chip_info.h"
#include "esp_heap_caps.h"
#include "esp_idf_version.h"
#include "esp_mac.h"
#include "esp_random.h"
#include "esp_system.h"
#include "esp_task_wdt.h"

static void chip(void)
{
    esp_chip_info_t info;
    esp_chip_info(&info);
    SHOW(info.model);
    SHOW(info.cores);
    SHOW(info.features);
    SHOW(info.revision);
    SHOW_TEXT(IDF_VER);
    SHOW(ESP_IDF_VERSION == ESP_IDF_VERSION_VAL(5, 1, 4));
    SHOW_TEXT(esp_app_get_description()->project_name);
    SHOW(esp_app_get_description()->magic_word == ESP_APP_DESC_MAGIC_WORD);
    SHOW(strlen(esp_app_get_description()->version) > 0);
    char digest[17];
    SHOW(esp_app_get_elf_sha256(digest, sizeof(digest)));
    SHOW(strspn(digest, "0123456789abcdef"));
    SHOW(strspn(digest, "0") < 16);
}

static void addresses(void)
{
    uint8_t base[8], other[8];
    STATUS(esp_read_mac(base, ESP_MAC_WIFI_STA));
    for (esp_mac_type_t type = ESP_MAC_WIFI_SOFTAP; type <= ESP_MAC_ETH; type++) {
        STATUS(esp_read_mac(other, type));
        printf("type %d: first +%d, last +%d\n", type, (uint8_t)(other[0] - base[0]), (uint8_t)(other[5] - base[5]));
    }
    STATUS(esp_efuse_mac_get_default(other));
    SHOW(memcmp(base, other, 6));
    STATUS(esp_read_mac(NULL, ESP_MAC_WIFI_STA));
    STATUS(esp_base_mac_addr_set((uint8_t[]){2, 4, 6, 8, 10, 12}));
    STATUS(esp_base_mac_addr_set((uint8_t[]){1, 4, 6, 8, 10, 12}));
    STATUS(esp_read_mac(other, ESP_MAC_ETH));
    SHOW((uint8_t)(other[5] - base[5]));
    STATUS(esp_base_mac_addr_set(base));
}

static void memory(void)
{
    size_t before = esp_get_free_heap_size();
    void *volatile block = malloc(1000);
    size_t taken = before - esp_get_free_heap_size();
    SHOW(taken >= 1000 && taken < 1100);
    free(block);
    SHOW(before - esp_get_free_heap_size());
    SHOW(esp_get_minimum_free_heap_size() <= before - 1000);
    SHOW(malloc(4 << 20) == NULL);
    SHOW(((uintptr_t)malloc(1) & 3));
    SHOW(heap_caps_get_free_size(MALLOC_CAP_8BIT) > 100000);
    SHOW(heap_caps_get_free_size(MALLOC_CAP_SPIRAM));
    SHOW(heap_caps_malloc(10, MALLOC_CAP_SPIRAM) == NULL);
    SHOW(heap_caps_get_largest_free_block(MALLOC_CAP_DEFAULT) > 50000);
    SHOW(heap_caps_check_integrity_all(true));
    char *text = calloc(10, 3);
    SHOW(text[0] + text[29]);
    strcpy(text, "kept");
    text = realloc(text, 2000);
    SHOW_TEXT(text);
    free(text);
    SHOW(heap_caps_get_allocated_size(block = malloc(10)) >= 10);
    free(block);
    errno = 0;
    SHOW(malloc(1 << 30) == NULL);
    SHOW(errno);
}

static void randomness(void)
{
    uint32_t a = esp_random(), b = esp_random(), c = esp_random();
    SHOW(a != b || b != c);
    uint8_t bytes[32] = {0};
    esp_fill_random(bytes, sizeof(bytes));
    int zeros = 0;
    for (size_t i = 0; i < sizeof(bytes); i++) {
        zeros += bytes[i] == 0;
    }
    SHOW(zeros < 8);
    srand(1);
    int first = rand();
    srand(1);
    SHOW(rand() == first);
    SHOW(RAND_MAX == 0x7fffffff);
}

static void watchdog(void)
{
    STATUS(esp_task_wdt_reset());
    STATUS(esp_task_wdt_status(NULL));
    STATUS(esp_task_wdt_add(NULL));
    STATUS(esp_task_wdt_status(NULL));
    STATUS(esp_task_wdt_reset());
    STATUS(esp_task_wdt_delete(NULL));
    STATUS(esp_task_wdt_delete(NULL));
    esp_task_wdt_config_t config = {.timeout_ms = 5000, .idle_core_mask = 1};
    STATUS(esp_task_wdt_init(&config));
    STATUS(esp_task_wdt_reconfigure(&config));
}

static void clocks(void)
{
    struct timeval now = {.tv_sec = 1700000000};
    CALL(settimeofday(&now, NULL));
    CALL(gettimeofday(&now, NULL));
    SHOW(now.tv_sec);
    SHOW(time(NULL));
    struct timespec monotonic;
    CALL(clock_gettime(CLOCK_MONOTONIC, &monotonic));
    SHOW(monotonic.tv_sec < 100);
    CALL(clock_gettime(77, &monotonic));
    SHOW(CLOCKS_PER_SEC);
}

void topic_system(void)
{
    SHOW(esp_reset_reason());
    chip();
    addresses();
    memory();
    randomness();
    watchdog();
    clocks();
}
