// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file POSIX's name for lwIP's sockets. */
#include "lwip/sockets.h"
#include <net/if.h>
