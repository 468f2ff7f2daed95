// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file libseccomp (seccomp_init(3)). */

#include <seccomp.h>
