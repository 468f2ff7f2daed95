// SPDX-License-Identifier: Apache-2.0
//
// The processes below the guard, as /proc shows them.
#ifndef LAB_GUARD_PROCESSES_H
#define LAB_GUARD_PROCESSES_H

#include <sys/types.h>

/** Signals every descendant of the calling process that is more than `skipped` levels down; 0 skips none. */
void signal_descendants(int number, int skipped);

/** Adds up the bytes that all descendants of a process have in memory for themselves (proc(5), statm). */
unsigned long long memory_below(pid_t pid);

/**
 * Adds up the processor time of all descendants of the calling process that live, and of what these have waited for, in milliseconds
 * (proc(5), stat).
 */
long long processor_time_below(void);

#endif
