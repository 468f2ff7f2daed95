// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * What lwIP needs to know about the compiler and the C library: integer types, byte order, packing, assertions.
 */

#include <assert.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include "sdkconfig.h"

#ifdef __cplusplus
extern "C" {
#endif

#ifndef BYTE_ORDER
#define LITTLE_ENDIAN 1234
#define BYTE_ORDER LITTLE_ENDIAN
#endif

// Macros, as in ESP-IDF: a constant argument stays a constant expression, so that `case htons(80):` compiles.
#define LWIP_DONT_PROVIDE_BYTEORDER_FUNCTIONS
#undef htons
#undef ntohs
#undef htonl
#undef ntohl
/** Host to network order, 16 bits. */
#define htons(x) __builtin_bswap16(x)
/** Network to host order, 16 bits. */
#define ntohs(x) __builtin_bswap16(x)
/** Host to network order, 32 bits. */
#define htonl(x) __builtin_bswap32(x)
/** Network to host order, 32 bits. */
#define ntohl(x) __builtin_bswap32(x)
#define lwip_htons(x) __builtin_bswap16(x)
#define lwip_htonl(x) __builtin_bswap32(x)

typedef uint8_t u8_t;
typedef int8_t s8_t;
typedef uint16_t u16_t;
typedef int16_t s16_t;
typedef uint32_t u32_t;
typedef int32_t s32_t;
typedef int sys_prot_t;
#define LWIP_NO_INTTYPES_H 1
#define X8_F "02x"
#define S16_F "d"
#define U16_F "d"
#define X16_F "x"
#define S32_F "ld"
#define U32_F "lu"
#define X32_F "lx"
#define SZT_F "u"

#define PACK_STRUCT_FIELD(x) x
#define PACK_STRUCT_STRUCT __attribute__((packed))
#define PACK_STRUCT_BEGIN
#define PACK_STRUCT_END

#define LWIP_PLATFORM_DIAG(x) \
    do {                      \
        printf x;             \
    } while (0)

/** A broken invariant inside lwIP ends the program as ESP-IDF's does: message, back trace, reboot. */
#define LWIP_PLATFORM_ASSERT(message) __assert_func(__FILE__, __LINE__, __func__, message)

/** A wrong argument is answered with an error code, quietly, as in ESP-IDF; it does not abort. */
#define LWIP_ERROR(message, expression, handler) \
    do {                                         \
        if (!(expression)) {                     \
            handler;                             \
        }                                        \
    } while (0)

#ifdef __cplusplus
}
#endif
