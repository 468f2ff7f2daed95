// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file A note to the next start about why software reset the chip; the hardware knows only that it did. */

#include "esp_system.h"

void reset_hint_set(esp_reset_reason_t reason);
/** Reads the note of the previous run and erases it. Called once, by start-up. */
void reset_hint_read(void);
