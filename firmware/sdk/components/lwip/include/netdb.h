// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file POSIX's name for name look-up. */
#include "lwip/netdb.h"
#include "lwip/sockets.h"

#include <net/if.h>

#define NI_NUMERICHOST 0x01

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Writes an IPv4 or IPv6 address and port as text. Only the numeric form exists, as in ESP-IDF: without NI_NUMERICHOST
 * and NI_NUMERICSERV the answer is EAI_NONAME.
 * @return 0, EAI_NONAME, EAI_FAMILY, or EAI_MEMORY when the text does not fit
 */
int getnameinfo(const struct sockaddr *addr, socklen_t addrlen, char *host, socklen_t hostlen, char *serv,
                socklen_t servlen, int flags);

#ifdef __cplusplus
}
#endif
