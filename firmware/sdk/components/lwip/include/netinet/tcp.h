// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file POSIX's name for TCP's constants; TCP_NODELAY and the keep-alive options are in <sys/socket.h>, as in ESP-IDF.
 */
#include "lwip/tcp.h"
