// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * errno and the console's streams for Swift. Newlib, ESP-IDF's C library, has them as macros that call functions (its sys/errno.h and
 * stdio.h), which Swift does not import; picolibc, the bundled SDK's, has variables, which it does.
 */

#include <errno.h>
#include <stdio.h>

#ifndef __PICOLIBC__
/** The number of the error that the task's last failed call told. */
static inline int esp32_swift_errno(void) __attribute__((swift_name("getter:errno()")));
static inline int esp32_swift_errno(void)
{
    return errno;
}

/** Sets it, to 0 before a call that tells of a failure in no other way. */
static inline void esp32_swift_set_errno(int code) __attribute__((swift_name("setter:errno(_:)")));
static inline void esp32_swift_set_errno(int code)
{
    errno = code;
}

/** The console's input, for C's functions. */
static inline FILE *esp32_swift_stdin(void) __attribute__((swift_name("getter:stdin()")));
static inline FILE *esp32_swift_stdin(void)
{
    return stdin;
}

/** The console's output, for C's functions. */
static inline FILE *esp32_swift_stdout(void) __attribute__((swift_name("getter:stdout()")));
static inline FILE *esp32_swift_stdout(void)
{
    return stdout;
}

/** The console's output for complaints, for C's functions. */
static inline FILE *esp32_swift_stderr(void) __attribute__((swift_name("getter:stderr()")));
static inline FILE *esp32_swift_stderr(void)
{
    return stderr;
}
#endif
