// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file poll(), with ESP-IDF's numbers (components/newlib/platform_include/sys/poll.h). */

#define POLLIN (1u << 0)
#define POLLRDNORM (1u << 1)
#define POLLRDBAND (1u << 2)
#define POLLPRI POLLRDBAND
#define POLLOUT (1u << 3)
#define POLLWRNORM POLLOUT
#define POLLWRBAND (1u << 4)
#define POLLERR (1u << 5)
#define POLLHUP (1u << 6)
#define POLLNVAL (1u << 7)

#ifdef __cplusplus
extern "C" {
#endif

/** One descriptor to watch. */
struct pollfd {
    int fd;        ///< the descriptor; negative: skipped
    short events;  ///< what to watch for
    short revents; ///< what happened
};

typedef unsigned int nfds_t;

/**
 * Waits until one of `nfds` descriptors is ready.
 * @param timeout milliseconds; 0 returns at once, a negative number waits for ever
 * @return how many descriptors have something in `revents`; 0 at the time-out; -1 with errno
 */
int poll(struct pollfd *fds, nfds_t nfds, int timeout);

#ifdef __cplusplus
}
#endif
