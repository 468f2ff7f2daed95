// SPDX-License-Identifier: Apache-2.0

/**
 * @file
 * What a compiler's stack protector calls: Swift's always uses it, gcc with -fstack-protector. The words are ESP-IDF's.
 */

#include <stdint.h>

#include "esp_random.h"
#include "esp_system.h"
#include "sdk_init.h"

/** Stands between a function's arrays and its return address, and has to be there still when it returns. */
uintptr_t __stack_chk_guard;

void __stack_chk_fail(void) __attribute__((__noreturn__));

void __stack_chk_fail(void)
{
    esp_system_abort("Stack smashing protect failure!");
}

/** Runs before any function that is protected: the main task, which calls it, is not. */
static void choose_guard(void)
{
    __stack_chk_guard = esp_random();
}
SDK_INIT(010, choose_guard);
