// SPDX-License-Identifier: Apache-2.0

/** @file Time of day (starts at 1970 with the boot, until it is set), sleeping, clocks. */

#include <errno.h>
#include <stddef.h>
#include <sys/time.h>
#include <sys/times.h>
#include <time.h>
#include <unistd.h>

#include "esp_rom_sys.h"
#include "esp_timer.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

#define US_PER_S 1000000ll

/** What the clock was set to, less the time since boot. */
static int64_t offset;

int gettimeofday(struct timeval *restrict tv, void *restrict tz)
{
    (void)tz;
    if (tv != NULL) {
        int64_t now = esp_timer_get_time() + offset;
        tv->tv_sec = (time_t)(now / US_PER_S);
        tv->tv_usec = (suseconds_t)(now % US_PER_S);
    }
    return 0;
}

int settimeofday(const struct timeval *tv, const struct timezone *tz)
{
    (void)tz;
    if (tv != NULL) {
        offset = tv->tv_sec * US_PER_S + tv->tv_usec - esp_timer_get_time();
    }
    return 0;
}

time_t time(time_t *out)
{
    time_t now = (time_t)((esp_timer_get_time() + offset) / US_PER_S);
    if (out != NULL) {
        *out = now;
    }
    return now;
}

int clock_gettime(clockid_t clock, struct timespec *ts)
{
    if (ts == NULL || (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)) {
        errno = EINVAL;
        return -1;
    }
    int64_t now = esp_timer_get_time() + (clock == CLOCK_REALTIME ? offset : 0);
    ts->tv_sec = (time_t)(now / US_PER_S);
    ts->tv_nsec = (long)(now % US_PER_S) * 1000;
    return 0;
}

int clock_getres(clockid_t clock, struct timespec *ts)
{
    (void)clock;
    if (ts == NULL) {
        errno = EINVAL;
        return -1;
    }
    ts->tv_sec = 0;
    ts->tv_nsec = 1000;
    return 0;
}

int clock_settime(clockid_t clock, const struct timespec *ts)
{
    if (ts == NULL || clock != CLOCK_REALTIME) {
        errno = EINVAL;
        return -1;
    }
    struct timeval tv = {.tv_sec = ts->tv_sec, .tv_usec = ts->tv_nsec / 1000};
    return settimeofday(&tv, NULL);
}

clock_t times(struct tms *out)
{
    clock_t now = (clock_t)(esp_timer_get_time() * CLOCKS_PER_SEC / US_PER_S);
    if (out != NULL) {
        *out = (struct tms){.tms_utime = now};
    }
    return now;
}

clock_t clock(void)
{
    return times(NULL);
}

/** Short waits spin, as in ESP-IDF: a tick is 10 ms. */
int usleep(useconds_t us)
{
    const uint32_t tick_us = portTICK_PERIOD_MS * 1000;
    if (us < tick_us) {
        esp_rom_delay_us((uint32_t)us);
    } else {
        vTaskDelay((TickType_t)((us + tick_us - 1) / tick_us));
    }
    return 0;
}

unsigned sleep(unsigned seconds)
{
    usleep(seconds * 1000000u);
    return 0;
}

int nanosleep(const struct timespec *wanted, struct timespec *left)
{
    (void)left;
    int64_t us = wanted->tv_sec * US_PER_S + (wanted->tv_nsec + 999) / 1000;
    while (us > 1000000) {
        usleep(1000000);
        us -= 1000000;
    }
    usleep((useconds_t)us);
    return 0;
}
