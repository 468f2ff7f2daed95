// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file POSIX's name for poll(). */
#include <sys/poll.h>
