// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file Network interfaces by name and number. */
#include "lwip/if_api.h"
#include "lwip/sockets.h"

/** ESP-IDF's number. lwIP takes a backlog of at most 255 and keeps 6 established connections ready for accept(). */
#define SOMAXCONN 128

#define MSG_DONTROUTE 0x4
#define MSG_EOR 0x8
#define SOCK_SEQPACKET 5
#define IPV6_UNICAST_HOPS 4
#define NI_MAXHOST 1025
#define NI_MAXSERV 32
#define NI_NUMERICSERV 0x08
#define NI_DGRAM 0x10

#ifdef __cplusplus
extern "C" {
#endif

/** The number of the interface with lwIP's name `ifname` ("en1", "lo0"), 0 when there is none. */
unsigned int if_nametoindex(const char *ifname);

/**
 * Writes the name of interface number `ifindex` to `ifname` (IFNAMSIZ bytes); NULL with errno ENXIO when there is none.
 */
char *if_indextoname(unsigned int ifindex, char *ifname);

#ifdef __cplusplus
}
#endif
