// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Name look-up: lwIP's own "lwip/netdb.h" and, as in ESP-IDF, the plain names of its functions. getaddrinfo() gives
 * back 0 or one of lwIP's numbers: EAI_NONAME 200, EAI_SERVICE 201, EAI_FAIL 202 (what a failed look-up gives),
 * EAI_MEMORY 203, EAI_FAMILY 204.
 */

#include <stddef.h>

#include "lwip/lwip_netdb.h"

#ifdef __cplusplus
extern "C" {
#endif

static inline int gethostbyname_r(const char *name, struct hostent *ret, char *buf, size_t buflen,
                                  struct hostent **result, int *h_errnop)
{
    return lwip_gethostbyname_r(name, ret, buf, buflen, result, h_errnop);
}

static inline struct hostent *gethostbyname(const char *name)
{
    return lwip_gethostbyname(name);
}

static inline void freeaddrinfo(struct addrinfo *ai)
{
    lwip_freeaddrinfo(ai);
}

static inline int getaddrinfo(const char *nodename, const char *servname, const struct addrinfo *hints,
                              struct addrinfo **res)
{
    return lwip_getaddrinfo(nodename, servname, hints, res);
}

#ifdef __cplusplus
}
#endif
