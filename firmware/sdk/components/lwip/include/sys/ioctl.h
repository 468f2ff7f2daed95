// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file ioctl(); the requests FIONREAD and FIONBIO are in "lwip/sockets.h". */

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A request to a socket: FIONREAD gives the bytes that wait to be read, FIONBIO switches blocking. -1 with errno on
 * error.
 */
int ioctl(int fd, int request, ...);

#ifdef __cplusplus
}
#endif
