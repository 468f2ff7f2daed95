// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file The three standard streams, and the lock each call on one of them holds, so that lines stay whole. */

#include <stdio.h>

#include "sdk_lock.h"

/** Locks @p stream if it is a standard stream; other streams have locks of their own or need none. */
void sdk_stdio_lock(FILE *stream);
void sdk_stdio_unlock(FILE *stream);
