// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * IP addresses of esp_netif, in network byte order, with the layout of lwIP's, and macros to print them.
 */

#include <stdint.h>

#include "sdkconfig.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Host to network order, 32 bits, as a constant expression. */
#define esp_netif_htonl(x)                                                                                   \
    ((((x) & (uint32_t)0x000000ffUL) << 24) | (((x) & (uint32_t)0x0000ff00UL) << 8) |                        \
     (((x) & (uint32_t)0x00ff0000UL) >> 8) | (((x) & (uint32_t)0xff000000UL) >> 24))

/** Four numbers as a 32-bit value in host order. */
#define esp_netif_ip4_makeu32(a, b, c, d)                                                              \
    (((uint32_t)((a) & 0xff) << 24) | ((uint32_t)((b) & 0xff) << 16) | ((uint32_t)((c) & 0xff) << 8) | \
     (uint32_t)((d) & 0xff))
#define ESP_IP4TOUINT32(a, b, c, d) esp_netif_ip4_makeu32(a, b, c, d)
/** Four numbers as an address in network order. */
#define ESP_IP4TOADDR(a, b, c, d) esp_netif_htonl(ESP_IP4TOUINT32(a, b, c, d))

// The eight groups of an IPv6 address, for printing with IPV6STR.
#define ESP_IP6_ADDR_GROUP(ip6addr, word, shift) \
    ((uint16_t)((esp_netif_htonl((ip6addr)->addr[word]) >> (shift)) & 0xffff))
#define ESP_IP6_ADDR_BLOCK1(ip6addr) ESP_IP6_ADDR_GROUP(ip6addr, 0, 16)
#define ESP_IP6_ADDR_BLOCK2(ip6addr) ESP_IP6_ADDR_GROUP(ip6addr, 0, 0)
#define ESP_IP6_ADDR_BLOCK3(ip6addr) ESP_IP6_ADDR_GROUP(ip6addr, 1, 16)
#define ESP_IP6_ADDR_BLOCK4(ip6addr) ESP_IP6_ADDR_GROUP(ip6addr, 1, 0)
#define ESP_IP6_ADDR_BLOCK5(ip6addr) ESP_IP6_ADDR_GROUP(ip6addr, 2, 16)
#define ESP_IP6_ADDR_BLOCK6(ip6addr) ESP_IP6_ADDR_GROUP(ip6addr, 2, 0)
#define ESP_IP6_ADDR_BLOCK7(ip6addr) ESP_IP6_ADDR_GROUP(ip6addr, 3, 16)
#define ESP_IP6_ADDR_BLOCK8(ip6addr) ESP_IP6_ADDR_GROUP(ip6addr, 3, 0)

/** printf format of an IPv4 address; its arguments come from IP2STR(). */
#define IPSTR "%d.%d.%d.%d"
#define esp_ip4_addr_get_byte(ipaddr, idx) (((const uint8_t *)(&(ipaddr)->addr))[idx])
#define esp_ip4_addr1(ipaddr) esp_ip4_addr_get_byte(ipaddr, 0)
#define esp_ip4_addr2(ipaddr) esp_ip4_addr_get_byte(ipaddr, 1)
#define esp_ip4_addr3(ipaddr) esp_ip4_addr_get_byte(ipaddr, 2)
#define esp_ip4_addr4(ipaddr) esp_ip4_addr_get_byte(ipaddr, 3)
#define esp_ip4_addr1_16(ipaddr) ((uint16_t)esp_ip4_addr1(ipaddr))
#define esp_ip4_addr2_16(ipaddr) ((uint16_t)esp_ip4_addr2(ipaddr))
#define esp_ip4_addr3_16(ipaddr) ((uint16_t)esp_ip4_addr3(ipaddr))
#define esp_ip4_addr4_16(ipaddr) ((uint16_t)esp_ip4_addr4(ipaddr))
/** The printf arguments for IPSTR, from a pointer to an address. */
#define IP2STR(ipaddr) \
    esp_ip4_addr1_16(ipaddr), esp_ip4_addr2_16(ipaddr), esp_ip4_addr3_16(ipaddr), esp_ip4_addr4_16(ipaddr)

/** printf format of an IPv6 address; its arguments come from IPV62STR(). */
#define IPV6STR "%04x:%04x:%04x:%04x:%04x:%04x:%04x:%04x"
/** The printf arguments for IPV6STR, from an address (not a pointer). */
#define IPV62STR(ipaddr)                                                                            \
    ESP_IP6_ADDR_BLOCK1(&(ipaddr)), ESP_IP6_ADDR_BLOCK2(&(ipaddr)), ESP_IP6_ADDR_BLOCK3(&(ipaddr)), \
    ESP_IP6_ADDR_BLOCK4(&(ipaddr)), ESP_IP6_ADDR_BLOCK5(&(ipaddr)), ESP_IP6_ADDR_BLOCK6(&(ipaddr)), \
    ESP_IP6_ADDR_BLOCK7(&(ipaddr)), ESP_IP6_ADDR_BLOCK8(&(ipaddr))

#define ESP_IPADDR_TYPE_V4 0U
#define ESP_IPADDR_TYPE_V6 6U
#define ESP_IPADDR_TYPE_ANY 46U

// With the semicolon that ESP-IDF's have: programs are written for it.
#define ESP_IP4ADDR_INIT(a, b, c, d) \
    {.type = ESP_IPADDR_TYPE_V4, .u_addr = {.ip4 = {.addr = ESP_IP4TOADDR(a, b, c, d)}}};
#define ESP_IP6ADDR_INIT(a, b, c, d) \
    {.type = ESP_IPADDR_TYPE_V6, .u_addr = {.ip6 = {.addr = {a, b, c, d}, .zone = 0}}};

#ifndef IP4ADDR_STRLEN_MAX
/** Bytes for an IPv4 address as text, with its end mark. */
#define IP4ADDR_STRLEN_MAX 16
#endif

/** An IPv6 address: four words in network order, and a zone. */
struct esp_ip6_addr {
    uint32_t addr[4];
    uint8_t zone;
};

/** An IPv4 address in network order. */
struct esp_ip4_addr {
    uint32_t addr;
};

typedef struct esp_ip4_addr esp_ip4_addr_t;
typedef struct esp_ip6_addr esp_ip6_addr_t;

/** An address of either kind; `type` is ESP_IPADDR_TYPE_V4 or ESP_IPADDR_TYPE_V6. */
typedef struct _ip_addr {
    union {
        esp_ip6_addr_t ip6;
        esp_ip4_addr_t ip4;
    } u_addr;
    uint8_t type;
} esp_ip_addr_t;

/** What an IPv6 address is for. */
typedef enum {
    ESP_IP6_ADDR_IS_UNKNOWN,
    ESP_IP6_ADDR_IS_GLOBAL,
    ESP_IP6_ADDR_IS_LINK_LOCAL,
    ESP_IP6_ADDR_IS_SITE_LOCAL,
    ESP_IP6_ADDR_IS_UNIQUE_LOCAL,
    ESP_IP6_ADDR_IS_IPV4_MAPPED_IPV6,
} esp_ip6_addr_type_t;

/** What `ip6_addr` is for, by its prefix. */
esp_ip6_addr_type_t esp_netif_ip6_get_addr_type(esp_ip6_addr_t *ip6_addr);

/** Copies an address; the unused words of an IPv4 address become 0. */
static inline void esp_netif_ip_addr_copy(esp_ip_addr_t *dest, const esp_ip_addr_t *src)
{
    esp_ip_addr_t copy = *src;
    if (src->type != ESP_IPADDR_TYPE_V6) {
        copy.u_addr.ip6.addr[1] = copy.u_addr.ip6.addr[2] = copy.u_addr.ip6.addr[3] = 0;
        copy.u_addr.ip6.zone = 0;
    }
    *dest = copy;
}

#ifdef __cplusplus
}
#endif
