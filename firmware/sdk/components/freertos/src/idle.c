// SPDX-License-Identifier: Apache-2.0

/** @file The idle task: buries the dead, then sleeps. */

#include "kernel.h"

#include "sdk_start.h"

void sdk_idle_task(void *arg)
{
    (void)arg;
    for (;;) {
        k_reap();
        if (sdk_idle_hook()) {
            k_idle_sleep();
        }
    }
}
