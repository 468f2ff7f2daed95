// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file POSIX's name for address conversion. Replaces the C library's, which has byte order only. */
#include "lwip/inet.h"
