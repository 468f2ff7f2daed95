// SPDX-License-Identifier: Apache-2.0

/** @file The C library among tasks: errno, atomics, stdio, and the SDK's small helpers. */

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "esp_check.h"
#include "esp_err.h"
#include "esp_log.h"
#include "esp_mac.h"
#include "esp_random.h"
#include "esp_rom_crc.h"
#include "esp_system.h"

TRACE_STORAGE;

static _Thread_local int per_task = 42;

static void other_task(void *arg)
{
    (void)arg;
    bool fresh = per_task == 42 && errno == 0;
    errno = 7;
    per_task = 1;
    trace_add(fresh ? "f" : "s");
    vTaskDelete(NULL);
}

static void thread_local_data(void)
{
    errno = 5;
    per_task = 2;
    xTaskCreate(other_task, "other", 2048, NULL, 5, NULL);
    CHECK("each task has its own errno", errno == 5 && strcmp(trace, "f") == 0);
    CHECK_EQUAL("and its own thread-local variables", per_task, 2);
}

static atomic_int shared_int;
static _Atomic uint64_t shared_long;
static _Atomic uint8_t shared_byte;

static void adder(void *ended)
{
    for (int i = 0; i < 20000; i++) {
        atomic_fetch_add(&shared_int, 1);
        atomic_fetch_add(&shared_long, 0x100000001ull);
        atomic_fetch_xor(&shared_byte, 1);
    }
    (*(volatile int *)ended)++;
    vTaskDelete(NULL);
}

static void atomics(void)
{
    volatile int ended = 0;
    for (int i = 0; i < 3; i++) {
        xTaskCreate(adder, "adder", 2048, (void *)&ended, 1, NULL);
    }
    while (ended < 3) {
        vTaskDelay(1);
    }
    CHECK_EQUAL("atomic additions lose nothing", shared_int, 60000);
    CHECK("of 64 bits either", shared_long == 60000 * 0x100000001ull && shared_byte == 0);
    int expected = 60000;
    CHECK("compare and exchange", atomic_compare_exchange_strong(&shared_int, &expected, 5) && shared_int == 5);
    CHECK("and its failure", !atomic_compare_exchange_strong(&shared_int, &expected, 6) && expected == 5);
}

static void printing(void)
{
    char text[100];
    snprintf(text, sizeof(text), "%d %5u|%-4s|%08x %lld %zu %.3f %c %p", -5, 42u, "ab", 0xbeefu, -1234567890123ll,
             sizeof(int), 2.5, 'x', (void *)0x10);
    CHECK_TEXT("printf's formats", text, "-5    42|ab  |0000beef -1234567890123 4 2.500 x 0x10");
    char error[64];
    CHECK_TEXT("esp_err_to_name", esp_err_to_name(ESP_ERR_TIMEOUT), "ESP_ERR_TIMEOUT");
    CHECK_TEXT("of an unknown one", esp_err_to_name(0x7777), "ERROR");
    CHECK_TEXT("esp_err_to_name_r", esp_err_to_name_r(ESP_ERR_NO_MEM, error, sizeof(error)), "ESP_ERR_NO_MEM");
    CHECK_TEXT("strerror knows newlib's numbers", strerror(128), "Socket is not connected");
    errno = 0;
    CHECK("stdin is empty and says so", getchar() == EOF && errno == EWOULDBLOCK);
    CHECK("fgets too", fgets(text, sizeof(text), stdin) == NULL);
    CHECK("streams can be made unbuffered", setvbuf(stdin, NULL, _IONBF, 0) == 0 && setvbuf(stdout, NULL, _IONBF, 0) == 0 &&
                                                setvbuf(stdout, NULL, _IOLBF, 200) == 0);
    CHECK_EQUAL("stdout is descriptor 1", fileno(stdout), 1);
    CHECK("and a terminal", isatty(1));
    errno = 0;
    CHECK("a descriptor that is not open", write(30, "x", 1) == -1 && errno == EBADF);
}

static int captured(const char *format, va_list args)
{
    return vsnprintf(trace, sizeof(trace), format, args);
}

static void logging(void)
{
    vprintf_like_t old = esp_log_set_vprintf(captured);
    ESP_LOGW("tag", "value %d", 7);
    esp_log_set_vprintf(old);
    char *colon = strchr(trace, ')');
    CHECK("a warning's form", strncmp(trace, "\033[0;33mW (", 10) == 0 && colon != NULL &&
                                  strcmp(colon, ") tag: value 7\033[0m\n") == 0);
    trace_clear();
    esp_log_set_vprintf(captured);
    esp_log_level_set("quiet", ESP_LOG_ERROR);
    ESP_LOGI("quiet", "not seen");
    bool silent = trace[0] == '\0';
    ESP_LOGD("tag", "not compiled in");
    ESP_LOGI("other", "seen");
    esp_log_set_vprintf(old);
    CHECK("levels of tags", silent && strstr(trace, "other: seen") != NULL);
    esp_log_level_set("*", ESP_LOG_INFO);
    CHECK_EQUAL("and how they are forgotten", esp_log_level_get("quiet"), ESP_LOG_INFO);
}

static esp_err_t returns_error(void)
{
    esp_log_level_set("*", ESP_LOG_NONE);
    ESP_RETURN_ON_ERROR(ESP_ERR_NOT_FOUND, "tag", "message %d", 1);
    return ESP_OK;
}

static void small_things(void)
{
    CHECK_EQUAL("ESP_RETURN_ON_ERROR", returns_error(), ESP_ERR_NOT_FOUND);
    esp_log_level_set("*", ESP_LOG_INFO);
    uint8_t station[6], ethernet[6];
    esp_read_mac(station, ESP_MAC_WIFI_STA);
    esp_read_mac(ethernet, ESP_MAC_ETH);
    CHECK("MAC addresses differ by interface", memcmp(station, ethernet, 5) == 0 && ethernet[5] == station[5] + 3);
    CHECK("random numbers vary", esp_random() != esp_random() || esp_random() != esp_random());
    CHECK_EQUAL("the CRC of zip", esp_rom_crc32_le(0, (const uint8_t *)"123456789", 9), 0xcbf43926);
    CHECK_EQUAL("after power-on", esp_reset_reason(), ESP_RST_POWERON);
    uint8_t from[80], to[80];
    bool same = true;
    for (int i = 0; i < 80; i++) {
        from[i] = (uint8_t)(i * 7);
    }
    for (int s = 0; s < 8; s++) {
        for (int d = 0; d < 8; d++) {
            for (int n = 0; n < 64; n++) {
                memset(to, 0xee, sizeof(to));
                memcpy(to + d, from + s, n);
                same = same && memcmp(to + d, from + s, n) == 0 && to[d + n] == 0xee && (d == 0 || to[d - 1] == 0xee);
                memcpy(to, from, sizeof(to));
                memmove(to + d, to + s, n);
                same = same && memcmp(to + d, from + s, n) == 0;
            }
        }
    }
    CHECK("memcpy, memmove and memset at every alignment", same);
}

static volatile float number = 1.5f;
static int stack_use[5];

/** Formats in one way and notes how much of a stack that never was used before it takes. */
static void format_once(void *arg)
{
    int way = (int)arg;
    char text[64];
    UBaseType_t before = uxTaskGetStackHighWaterMark(NULL);
    switch (way) {
    case 0:
        printf("%d\n", way);
        break;
    case 1:
        printf("%f\n", number);
        break;
    case 2:
        ESP_LOGI("stack", "%d", way);
        break;
    case 3:
        snprintf(text, sizeof(text), "%d", way);
        break;
    default:
        snprintf(text, sizeof(text), "%d%% of %.2f", way, number);
        break;
    }
    stack_use[way] = (int)(before - uxTaskGetStackHighWaterMark(NULL));
    vTaskDelete(NULL);
}

/** Within a tenth of what newlib takes: see newlib/src/stdio.c. */
static void stack_of_printf(void)
{
    static const int newlibs[5] = {980, 980, 1060, 624, 1050};
    for (int way = 0; way < 5; way++) {
        xTaskCreate(format_once, "format", 4096, (void *)way, 5, NULL);
    }
    vTaskDelay(2);
    for (int way = 0; way < 5; way++) {
        bool same = stack_use[way] > newlibs[way] * 9 / 10 && stack_use[way] < newlibs[way] * 11 / 10;
        CHECK_EQUAL("printing takes the stack that newlib's takes", same ? newlibs[way] : stack_use[way], newlibs[way]);
    }
}

void app_main(void)
{
    stack_of_printf();
    thread_local_data();
    atomics();
    printing();
    logging();
    small_things();
    printf("DONE\n");
}
