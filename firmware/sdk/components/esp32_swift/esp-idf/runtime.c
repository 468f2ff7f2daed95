// SPDX-License-Identifier: Apache-2.0

/** @file What Swift's library expects of a C library and ESP-IDF's, depending on version and settings, may not have. */

#include <stddef.h>
#include <stdint.h>

#include "esp_random.h"
#include "esp_system.h"

/** Fills `buffer` with random bytes; Swift seeds its hashing with them. */
__attribute__((weak)) void arc4random_buf(void *buffer, size_t length)
{
    esp_fill_random(buffer, length);
}

/** The value that functions put between their variables and their return address. */
__attribute__((weak)) uintptr_t __stack_chk_guard = 0x4c414221;

/** Called when that value has changed. */
__attribute__((weak, noreturn)) void __stack_chk_fail(void)
{
    esp_system_abort("Stack smashing protect failure!");
}
