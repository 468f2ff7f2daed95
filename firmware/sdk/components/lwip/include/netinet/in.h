// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file POSIX's name for internet addresses. */
#include "lwip/inet.h"

#define IN6_IS_ADDR_MULTICAST(a) IN_MULTICAST(a)
