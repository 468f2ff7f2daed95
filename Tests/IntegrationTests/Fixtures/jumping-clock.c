// SPDX-License-Identifier: Apache-2.0
//
// Loaded into the lab (LD_PRELOAD): JUMP_AFTER_MS after its start the computer's time of day jumps by JUMP_SECONDS, as it does when somebody
// sets it. Clocks that only go forward are left alone, as the kernel leaves them. A wait until a time of day ends when that has come.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <semaphore.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

static int (*real_gettime)(clockid_t, struct timespec *);
static struct timespec start;

__attribute__((constructor)) static void begin(void) {
    *(void **)&real_gettime = dlsym(RTLD_NEXT, "clock_gettime");
    real_gettime(CLOCK_MONOTONIC, &start);
}

static long number(const char *name) {
    const char *value = getenv(name);
    return value ? atol(value) : 0;
}

static long jump(void) {
    struct timespec now;
    real_gettime(CLOCK_MONOTONIC, &now);
    long passed = (now.tv_sec - start.tv_sec) * 1000 + (now.tv_nsec - start.tv_nsec) / 1000000;
    return passed >= number("JUMP_AFTER_MS") ? number("JUMP_SECONDS") : 0;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    if (!real_gettime) begin();
    int result = real_gettime(clock, time);
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) time->tv_sec += jump();
    return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    (void)zone;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    *time = (struct timeval){.tv_sec = now.tv_sec, .tv_usec = now.tv_nsec / 1000};
    return 0;
}

time_t time(time_t *result) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (result) *result = now.tv_sec;
    return now.tv_sec;
}

// Whether a time of day has come.
static int has_come(const struct timespec *deadline) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec > deadline->tv_sec || (now.tv_sec == deadline->tv_sec && now.tv_nsec >= deadline->tv_nsec);
}

// A short while from now, by the clock that the kernel has.
static struct timespec soon(void) {
    struct timespec time;
    real_gettime(CLOCK_REALTIME, &time);
    time.tv_nsec += 5000000;
    if (time.tv_nsec >= 1000000000) time.tv_sec++, time.tv_nsec -= 1000000000;
    return time;
}

int sem_timedwait(sem_t *semaphore, const struct timespec *deadline) {
    static int (*real)(sem_t *, const struct timespec *);
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, "sem_timedwait");
    for (;;) {
        struct timespec slice = soon();
        if (real(semaphore, &slice) == 0) return 0;
        if (errno != ETIMEDOUT || has_come(deadline)) return -1;
    }
}
