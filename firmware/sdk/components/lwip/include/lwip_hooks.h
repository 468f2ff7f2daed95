// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * lwIP calls these at the points where ESP-IDF's copy of lwIP differs from the published 2.1.3.
 */

#include "lwip/arch.h"
#include "lwip/ip_addr.h"

#ifdef __cplusplus
extern "C" {
#endif

struct tcp_pcb;

/**
 * A connection's initial sequence number (RFC 6528): a keyed hash of its four addresses plus a clock of 4 microseconds.
 */
u32_t lwip_hook_tcp_isn(const ip_addr_t *local_ip, u16_t local_port, const ip_addr_t *remote_ip, u16_t remote_port);

/**
 * Called for each segment that is made; gives back `internal_length`, the length of the TCP options in bytes. For the
 * first SYN it sets the connection's retransmission time to CONFIG_LWIP_TCP_RTO_TIME: lwIP 2.1.3 has 3 s in its code,
 * ESP-IDF 1.5 s.
 */
u8_t lwip_hook_tcp_option_length(struct tcp_pcb *pcb, u8_t internal_length);

// Debian's copy of lwIP asks the port how long a socket address is; lwIP's own structures know.
#define IP4ADDR_SOCKADDR_SET_LEN(sin) ((sin)->sin_len = sizeof(struct sockaddr_in))
#define IP6ADDR_SOCKADDR_SET_LEN(sin6) ((sin6)->sin6_len = sizeof(struct sockaddr_in6))
#define IPADDR_SOCKADDR_GET_LEN(address) ((address)->sa.sa_len)

#define LWIP_HOOK_TCP_ISN lwip_hook_tcp_isn
#define LWIP_HOOK_TCP_OUT_TCPOPT_LENGTH(pcb, internal_length) \
    lwip_hook_tcp_option_length((struct tcp_pcb *)(pcb), internal_length)

#ifdef __cplusplus
}
#endif
