// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * What the topics share. A topic calls a part of the API and prints what came of it: no addresses, no times but in
 * coarse steps, nothing that differs from run to run, so that two transcripts can be compared line by line.
 */

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "esp_err.h"
#include "esp_timer.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

/** Prints an expression and its value, an integer. */
#define SHOW(expression) printf("%s = %lld\n", #expression, (long long)(expression))

/** Prints an expression and its text. */
#define SHOW_TEXT(expression) printf("%s = \"%s\"\n", #expression, (expression))

/** Prints a call that sets errno when it fails, what it returned, and errno then. */
#define CALL(expression)                                                  \
    do {                                                                  \
        errno = 0;                                                        \
        long long result_ = (long long)(expression);                      \
        int errno_ = errno;                                               \
        if (result_ < 0) {                                                \
            printf("%s = %lld, errno %d\n", #expression, result_, errno_); \
        } else {                                                          \
            printf("%s = %lld\n", #expression, result_);                  \
        }                                                                 \
    } while (0)

/** Prints a call that returns an esp_err_t, and that error's name. */
#define STATUS(expression) printf("%s: %s\n", #expression, esp_err_to_name(expression))

/** Milliseconds that an expression takes, begun just after a tick, rounded to the nearest `step`. */
#define TAKES(step, expression)                                                                \
    ({                                                                                         \
        vTaskDelay(1);                                                                         \
        int64_t begin_ = esp_timer_get_time();                                                 \
        (void)(expression);                                                                    \
        (int)((esp_timer_get_time() - begin_ + (step) * 500) / ((step) * 1000)) * (step);       \
    })

/** A record of what happened, in order; one line for all of it. */
void record(const char *text);
/** Prints the record after `label` and empties it. */
void show_record(const char *label);

void topic_tasks(void);
void topic_queues(void);
void topic_locks(void);
void topic_signals(void);
void topic_buffers(void);
void topic_timers(void);
void topic_threads(void);
void topic_log(void);
void topic_errors(void);
void topic_system(void);
void topic_libc(void);
void topic_commands(void);
void topic_stdin(void);
void topic_uart(void);
void topic_events(void);
void topic_ethernet(void);
void topic_addresses(void);
void topic_socket_errors(void);
void topic_socket_data(void);
void topic_socket_endings(void);
void topic_socket_options(void);
void topic_waiting(void);
void topic_datagrams(void);
void topic_names(void);
void topic_resets(void);
