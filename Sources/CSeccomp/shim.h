// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file libseccomp, and its actions that are macros with arguments (seccomp_init(3)). */

#include <seccomp.h>

/** The call fails with an error number. */
static inline uint32_t lab_seccomp_errno(uint16_t number)
{
    return SCMP_ACT_ERRNO(number);
}
