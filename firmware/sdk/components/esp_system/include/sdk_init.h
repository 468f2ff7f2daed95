// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * How a component of the SDK takes part in start-up: SDK_INIT(100, function) in one of its files has void
 * function(void) called in the main task before app_main(), in ascending order of the number (three digits).
 * The file is linked only if a program uses something in it; a component nobody uses is not started.
 */

typedef void (*sdk_init_t)(void);

#define SDK_INIT(order, function) \
    __attribute__((used, section(".sdk_init." #order))) static const sdk_init_t sdk_init_##function = function
