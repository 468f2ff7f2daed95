/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The filter of system calls (seccomp(2)) that every program gets which works on what a stranger wrote: compilers, emulators, the
 * network process, what unpacks archives.
 */
#ifndef LAB_SYSTEM_CALL_FILTER_H
#define LAB_SYSTEM_CALL_FILTER_H

#include <stdbool.h>

/** What a process does that tries a forbidden call. */
typedef enum {
    /** The call fails with EPERM: for programs that try out what they may do. */
    LAB_FORBIDDEN_FAILS,
    /** The process ends at once: for a program that is known never to try. */
    LAB_FORBIDDEN_KILLS,
} lab_forbidden_t;

/**
 * Puts the filter in force for the calling process and all that it starts, for good. It forbids whatever leads to other processes,
 * to the kernel's settings, to namespaces and mounts, or to parts of the kernel that are often at fault and that no such program needs.
 * New sockets are unix or IPv4; other kinds fail with EAFNOSUPPORT.
 *
 * @param forbidden       what comes of a forbidden call
 * @param starts_programs whether the process may start other programs (execve(2))
 * @return 0, or -1 with errno set where the kernel takes no filter
 */
int lab_filter_system_calls(lab_forbidden_t forbidden, bool starts_programs);

#endif
