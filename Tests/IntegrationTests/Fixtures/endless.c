// SPDX-License-Identifier: Apache-2.0

/*
 * Keeps the processor busy with an emulator's most costly work: each look at the timer leaves the emulated code. So its time
 * passes slowly, cannot be passed over, and a run lasts until somebody ends it.
 */

#include "esp_timer.h"

void app_main(void)
{
    for (;;) {
        esp_timer_get_time();
    }
}
