// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * What the test programs share: each prints "PASS name" or "FAIL name (…)" for every behaviour and "DONE" at the end.
 * The runner counts the lines.
 */

#include <stdio.h>
#include <string.h>

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

#define CHECK(name, condition)                                                \
    do {                                                                      \
        if (condition) {                                                      \
            printf("PASS %s\n", name);                                        \
        } else {                                                              \
            printf("FAIL %s (%s:%d: %s)\n", name, __FILE__, __LINE__, #condition); \
        }                                                                     \
    } while (0)

/** As CHECK() for two integers, and prints them when they differ. */
#define CHECK_EQUAL(name, actual, expected)                                                                     \
    do {                                                                                                        \
        long long actual_ = (long long)(actual), expected_ = (long long)(expected);                             \
        if (actual_ == expected_) {                                                                             \
            printf("PASS %s\n", name);                                                                          \
        } else {                                                                                                \
            printf("FAIL %s (%s:%d: %s is %lld, not %lld)\n", name, __FILE__, __LINE__, #actual, actual_, expected_); \
        }                                                                                                       \
    } while (0)

/** As CHECK() for two strings. */
#define CHECK_TEXT(name, actual, expected)                                                            \
    do {                                                                                              \
        if (strcmp((actual), (expected)) == 0) {                                                      \
            printf("PASS %s\n", name);                                                                \
        } else {                                                                                      \
            printf("FAIL %s (%s:%d: \"%s\", not \"%s\")\n", name, __FILE__, __LINE__, actual, expected); \
        }                                                                                             \
    } while (0)

/** A log of events, in order, to compare with what should have happened. */
extern char trace[256];
static inline void trace_add(const char *text)
{
    strncat(trace, text, sizeof(trace) - strlen(trace) - 1);
}
static inline void trace_clear(void)
{
    trace[0] = '\0';
}
#define TRACE_STORAGE char trace[256]
