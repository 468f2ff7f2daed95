// SPDX-License-Identifier: Apache-2.0

/** @file POSIX functions about addresses and interfaces that lwIP has under other names or not at all. */

#include <errno.h>
#include <net/if.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>

#include "lwip/inet.h"

unsigned int if_nametoindex(const char *ifname)
{
    return lwip_if_nametoindex(ifname);
}

char *if_indextoname(unsigned int ifindex, char *ifname)
{
    return lwip_if_indextoname(ifindex, ifname);
}

int getnameinfo(const struct sockaddr *addr, socklen_t addrlen, char *host, socklen_t hostlen, char *serv,
                socklen_t servlen, int flags)
{
    const void *address;
    in_port_t port;
    if (addr->sa_family == AF_INET && addrlen >= sizeof(struct sockaddr_in)) {
        address = &((const struct sockaddr_in *)addr)->sin_addr;
        port = ((const struct sockaddr_in *)addr)->sin_port;
    } else if (addr->sa_family == AF_INET6 && addrlen >= sizeof(struct sockaddr_in6)) {
        address = &((const struct sockaddr_in6 *)addr)->sin6_addr;
        port = ((const struct sockaddr_in6 *)addr)->sin6_port;
    } else {
        return EAI_FAMILY;
    }
    if ((host != NULL && !(flags & NI_NUMERICHOST)) || (serv != NULL && !(flags & NI_NUMERICSERV))) {
        return EAI_NONAME;
    }
    if (host != NULL && inet_ntop(addr->sa_family, address, host, hostlen) == NULL) {
        return EAI_MEMORY;
    }
    if (serv != NULL && (socklen_t)snprintf(serv, servlen, "%u", ntohs(port)) >= servlen) {
        return EAI_MEMORY;
    }
    return 0;
}
