// SPDX-License-Identifier: Apache-2.0

/// What the network process needs from C: libslirp, and those calls of Linux that Swift cannot see because they are variadic
/// or left out of its Glibc module.

#ifndef LAB_CSLIRP_SHIM_H
#define LAB_CSLIRP_SHIM_H

#include <poll.h>
#include <signal.h>
#include <slirp/libslirp.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <time.h>

/// Declared here because Swift's Glibc module is built without GNU extensions; see poll(2).
extern int ppoll(struct pollfd *descriptors, nfds_t count, const struct timespec *timeout, const sigset_t *mask);

/// Waits for the descriptors, as poll(2) does, but with a time limit in nanoseconds.
static inline int lab_poll(struct pollfd *descriptors, nfds_t count, uint64_t nanoseconds)
{
    struct timespec limit = {
        .tv_sec = (time_t)(nanoseconds / 1000000000u),
        .tv_nsec = (long)(nanoseconds % 1000000000u),
    };
    return ppoll(descriptors, count, &limit, NULL);
}

/// Sets how late a timed wait may end, in nanoseconds; see PR_SET_TIMERSLACK in prctl(2).
static inline int lab_set_timer_slack(unsigned long nanoseconds)
{
    return prctl(PR_SET_TIMERSLACK, nanoseconds, 0ul, 0ul, 0ul);
}

#endif
