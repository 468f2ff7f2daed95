// SPDX-License-Identifier: Apache-2.0

/** @file abort(), failed assertions, exit() and what a system with one process answers about processes. */

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "esp_random.h"
#include "esp_system.h"

int kill(pid_t pid, int signal);
int getentropy(void *buffer, size_t length);
void arc4random_buf(void *buffer, size_t length);

/** Appends as much of @p text as fits in @p size bytes. */
static void append(char *buffer, size_t size, const char *text)
{
    size_t used = strlen(buffer);
    strncat(buffer, text, size - used - 1);
}

void abort(void)
{
    char address[12], message[48] = "abort() was called at PC 0x";
    utoa((unsigned)__builtin_return_address(0) - 3, address, 16);
    append(message, sizeof(message), address);
    append(message, sizeof(message), " on core 0");
    esp_system_abort(message);
}

void __assert_func(const char *file, int line, const char *function, const char *expression)
{
    char number[12], message[200] = "assert failed: ";
    utoa((unsigned)line, number, 10);
    const char *parts[] = {function != NULL ? function : "\b", " ", file, ":", number, " (", expression, ")"};
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        append(message, sizeof(message), parts[i]);
    }
    esp_system_abort(message);
}

void _exit(int status)
{
    (void)status;
    abort();
}

pid_t getpid(void)
{
    return 1;
}

int kill(pid_t pid, int signal)
{
    (void)pid;
    (void)signal;
    abort();
}

int getentropy(void *buffer, size_t length)
{
    if (length > 256) {
        errno = EIO;
        return -1;
    }
    esp_fill_random(buffer, length);
    return 0;
}

void arc4random_buf(void *buffer, size_t length)
{
    esp_fill_random(buffer, length);
}

uint32_t arc4random(void)
{
    return esp_random();
}

long sysconf(int name)
{
    (void)name;
    errno = ENOSYS;
    return -1;
}
