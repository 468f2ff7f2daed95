// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Options whose values are known only when a program is linked: symbols of their names, with defaults in esp32c3.ld.
 */

#include <stdint.h>

/**
 * Declares @p variable as the address-valued symbol of option @p name, a string. Weak, since the compiler takes the
 * address of anything else for not 0.
 */
#define LINK_OPTION(variable, name) extern char variable[] __asm__(name) __attribute__((weak))
/** Its value. */
#define LINK_OPTION_VALUE(variable) ((uint32_t)(uintptr_t)(variable))
