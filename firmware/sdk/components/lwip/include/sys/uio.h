// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file POSIX's name for scattered input and output. */
#include "lwip/sockets.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Writes `iovcnt` pieces to a socket; gives back the number of bytes written, or -1 with errno. */
static inline ssize_t writev(int s, const struct iovec *iov, int iovcnt)
{
    return lwip_writev(s, iov, iovcnt);
}

/**
 * Reads from a socket into `iovcnt` pieces; gives back the number of bytes read, 0 at the end of the stream, or -1 with
 * errno.
 */
static inline ssize_t readv(int s, const struct iovec *iov, int iovcnt)
{
    return lwip_readv(s, iov, iovcnt);
}

#ifdef __cplusplus
}
#endif
