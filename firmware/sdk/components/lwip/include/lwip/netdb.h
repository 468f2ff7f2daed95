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

/** lwIP 2.1 tells the size of its own type; an address has 4 or 16 bytes, and programs copy as many as they are told. */
static inline void sdk_set_address_length(struct hostent *host)
{
    host->h_length = IP_IS_V6((const ip_addr_t *)host->h_addr_list[0]) ? 16 : 4;
}

static inline int gethostbyname_r(const char *name, struct hostent *ret, char *buf, size_t buflen,
                                  struct hostent **result, int *h_errnop)
{
    int error = lwip_gethostbyname_r(name, ret, buf, buflen, result, h_errnop);
    if (error == 0 && *result != NULL) {
        sdk_set_address_length(*result);
    }
    return error;
}

static inline struct hostent *gethostbyname(const char *name)
{
    struct hostent *host = lwip_gethostbyname(name);
    if (host != NULL) {
        sdk_set_address_length(host);
    }
    return host;
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
