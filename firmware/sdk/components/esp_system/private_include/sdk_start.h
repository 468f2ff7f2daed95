// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file What start-up calls in the other components. */

/** First C function; called by start.S with memory and thread-local data prepared. */
void sdk_start(void);
/** The idle task's function. */
void sdk_idle_task(void *arg);
/** Creates the software timers' task and queue. */
void sdk_timers_start(void);
/** Creates esp_timer's task and sets up its alarm. */
void sdk_esp_timer_start(void);
