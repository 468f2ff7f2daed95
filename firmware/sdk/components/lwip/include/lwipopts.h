// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * lwIP's options with the values that ESP-IDF v5.1 has by default (components/lwip/port/include/lwipopts.h and
 * Kconfig), so that windows, limits, timeouts and error numbers are the ones that a program meets on a board.
 */

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/poll.h>
#include <sys/select.h>
#include <sys/time.h>
#include <sys/types.h>
#include <unistd.h>

#include "arch/sys_arch.h"
#include "esp_random.h"
#include "sdkconfig.h"

// Threads and locking. One task runs the stack; every API call is a message to it, as in ESP-IDF.
#define NO_SYS 0
#define SYS_LIGHTWEIGHT_PROT 1
#define LWIP_TCPIP_CORE_LOCKING 0
#define LWIP_TCPIP_CORE_LOCKING_INPUT 0
#define LWIP_MARK_TCPIP_THREAD() sys_mark_tcpip_thread()
#define TCPIP_THREAD_NAME "tiT"
#define TCPIP_THREAD_STACKSIZE CONFIG_LWIP_TCPIP_TASK_STACK_SIZE
#define TCPIP_THREAD_PRIO CONFIG_LWIP_TCPIP_TASK_PRIO
#define TCPIP_MBOX_SIZE CONFIG_LWIP_TCPIP_RECVMBOX_SIZE
#define DEFAULT_UDP_RECVMBOX_SIZE CONFIG_LWIP_UDP_RECVMBOX_SIZE
#define DEFAULT_TCP_RECVMBOX_SIZE CONFIG_LWIP_TCP_RECVMBOX_SIZE
#define DEFAULT_ACCEPTMBOX_SIZE 6
#define DEFAULT_RAW_RECVMBOX_SIZE 6
#define DEFAULT_THREAD_STACKSIZE TCPIP_THREAD_STACKSIZE
#define DEFAULT_THREAD_PRIO TCPIP_THREAD_PRIO
#define LWIP_NETCONN_SEM_PER_THREAD 1
#define LWIP_NETCONN_THREAD_SEM_GET() sys_thread_sem_get()
#define LWIP_NETCONN_THREAD_SEM_ALLOC() sys_thread_sem_init()
#define LWIP_NETCONN_THREAD_SEM_FREE() sys_thread_sem_deinit()
#define LWIP_NETCONN_FULLDUPLEX 1

// Memory: everything from the heap.
#define MEM_LIBC_MALLOC 1
#define MEMP_MEM_MALLOC 1
#define MEM_ALIGNMENT 4
#define MEMP_NUM_NETCONN CONFIG_LWIP_MAX_SOCKETS
#define MEMP_NUM_RAW_PCB CONFIG_LWIP_MAX_RAW_PCBS
#define MEMP_NUM_TCP_PCB CONFIG_LWIP_MAX_ACTIVE_TCP
#define MEMP_NUM_TCP_PCB_LISTEN CONFIG_LWIP_MAX_LISTENING_TCP
#define MEMP_NUM_UDP_PCB CONFIG_LWIP_MAX_UDP_PCBS
#define LWIP_SUPPORT_CUSTOM_PBUF 1
#define LWIP_RAND() esp_random()

// Timers: an implementation of the SDK's own that wakes the stack only while something is waiting (src/timeouts.c).
#define LWIP_TIMERS 1
#define LWIP_TIMERS_CUSTOM 1

// Link and IP.
#define LWIP_ARP 1
#define ARP_QUEUEING 1
#define LWIP_IPV4 1
#define IP_REASSEMBLY 0
#define IP_FRAG 1
#define IP_FORWARD 0
#define IP_DEFAULT_TTL CONFIG_LWIP_IP_DEFAULT_TTL
#define LWIP_ICMP 1
#define LWIP_BROADCAST_PING 0
#define LWIP_MULTICAST_PING 0
#define LWIP_RAW 1
#define LWIP_IGMP 1
#define LWIP_IPV6 1
#define LWIP_IPV6_NUM_ADDRESSES CONFIG_LWIP_IPV6_NUM_ADDRESSES
#define LWIP_IPV6_FORWARD 0
#define LWIP_IPV6_FRAG 1
#define LWIP_IPV6_REASS 0
#define LWIP_IPV6_DHCP6 0
#define LWIP_ND6_RDNSS_MAX_DNS_SERVERS CONFIG_LWIP_IPV6_RDNSS_MAX_DNS_SERVERS
#define MEMP_NUM_ND6_QUEUE CONFIG_LWIP_IPV6_MEMP_NUM_ND6_QUEUE
#define LWIP_ND6_NUM_NEIGHBORS CONFIG_LWIP_IPV6_ND6_NUM_NEIGHBORS
#define LWIP_NETIF_API 1
#define LWIP_NETIF_HOSTNAME 1
#define LWIP_NETIF_STATUS_CALLBACK 1
#define LWIP_NETIF_EXT_STATUS_CALLBACK 1
#define LWIP_NETIF_TX_SINGLE_PBUF 1
#define LWIP_HAVE_LOOPIF 1
#define LWIP_NETIF_LOOPBACK 1
#define LWIP_LOOPBACK_MAX_PBUFS CONFIG_LWIP_LOOPBACK_MAX_PBUFS
#define CHECKSUM_CHECK_IP 0
#define CHECKSUM_CHECK_UDP 0
#define CHECKSUM_CHECK_ICMP 1

// DHCP and DNS. No ARP probe of the offered address: see sdkconfig_net.h.
#define LWIP_DHCP 1
#define DHCP_DOES_ARP_CHECK 0
#define DHCP_OPTIONS_LEN CONFIG_LWIP_DHCP_OPTIONS_LEN
#define LWIP_DHCP_GET_NTP_SRV 0
#define LWIP_DHCP_MAX_NTP_SERVERS 1
#define LWIP_DNS 1
#define DNS_MAX_SERVERS CONFIG_LWIP_DNS_MAX_SERVERS
#define LWIP_DNS_SUPPORT_MDNS_QUERIES 1

// UDP and TCP.
#define LWIP_UDP 1
#define LWIP_NETBUF_RECVINFO 0
#define LWIP_TCP 1
#define TCP_MSS CONFIG_LWIP_TCP_MSS
#define TCP_WND CONFIG_LWIP_TCP_WND_DEFAULT
#define TCP_SND_BUF CONFIG_LWIP_TCP_SND_BUF_DEFAULT
#define TCP_OVERSIZE TCP_MSS
#define TCP_MAXRTX CONFIG_LWIP_TCP_MAXRTX
#define TCP_SYNMAXRTX CONFIG_LWIP_TCP_SYNMAXRTX
#define TCP_QUEUE_OOSEQ 1
#define TCP_OOSEQ_MAX_PBUFS CONFIG_LWIP_TCP_OOSEQ_MAX_PBUFS
#define TCP_LISTEN_BACKLOG 1
#define TCP_TMR_INTERVAL CONFIG_LWIP_TCP_TMR_INTERVAL
#define TCP_MSL CONFIG_LWIP_TCP_MSL
#define LWIP_WND_SCALE 0
#define TCP_RCV_SCALE 0
#define LWIP_EVENT_API 0
#define LWIP_CALLBACK_API 1
#define LWIP_TCP_KEEPALIVE 1
// Local ports. lwIP starts at a random one and hands out the next; from 65535 it would go on to 0, which nobody can use, and the
// first connect() of one start in 16384 would fail. So 65535 is not started at.
#define TCP_LOCAL_PORT_RANGE_START 0xc000
#define TCP_LOCAL_PORT_RANGE_END 0xffff
#define TCP_ENSURE_LOCAL_PORT_RANGE(port) \
    ((u16_t)((port) % (TCP_LOCAL_PORT_RANGE_END - TCP_LOCAL_PORT_RANGE_START) + TCP_LOCAL_PORT_RANGE_START))

// Sockets. The plain names are made by the SDK's own "lwip/sockets.h"; read(), write(), close(), select() by
// src/vfs_lwip.c.
#define LWIP_NETCONN 1
#define LWIP_SOCKET 1
#define LWIP_COMPAT_SOCKETS 0
#define LWIP_POSIX_SOCKETS_IO_NAMES 0
#define LWIP_SOCKET_OFFSET (FD_SETSIZE - CONFIG_LWIP_MAX_SOCKETS)
#define LWIP_SO_SNDTIMEO 1
#define LWIP_SO_RCVTIMEO 1
#define LWIP_SO_LINGER 0
#define LWIP_SO_RCVBUF 0
#define SO_REUSE 1
#define SO_REUSE_RXTOALL 1
#define LWIP_TIMEVAL_PRIVATE 0

#define LWIP_STATS 0
#define LWIP_HOOK_FILENAME "lwip_hooks.h"
