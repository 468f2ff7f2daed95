// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "user_namespace.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int make_handshake(handshake_t *handshake) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends)) return -1;
    *handshake = (handshake_t){.parent = ends[0], .child = ends[1]};
    return 0;
}

static int write_file(const char *path, const char *text) {
    int descriptor = open(path, O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) return -1;
    ssize_t written = write(descriptor, text, strlen(text));
    int error = errno;
    close(descriptor);
    errno = error;
    return written == (ssize_t)strlen(text) ? 0 : -1;
}

// Waits for the other side's byte. Its end of stream, by which it says that it has failed, is an error.
static int await(int descriptor) {
    char byte;
    ssize_t length;
    while ((length = read(descriptor, &byte, 1)) < 0 && errno == EINTR) {}
    if (length == 0) errno = ECANCELED;
    return length == 1 ? 0 : -1;
}

int enter_user_namespace(const handshake_t *handshake) {
    close(handshake->parent);
    if (unshare(CLONE_NEWUSER)) return -1;
    if (write(handshake->child, "u", 1) != 1 || await(handshake->child)) return -1;
    return write_file("/proc/sys/user/max_user_namespaces", "0");
}

int map_users(const handshake_t *handshake, pid_t child, unsigned long user) {
    close(handshake->child);
    int result = await(handshake->parent);
    char path[64], map[64];
    snprintf(map, sizeof map, "0 0 1\n%lu %lu 1\n", user, user);
    static const char *const files[] = {"uid_map", "gid_map"};
    for (size_t i = 0; !result && i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "/proc/%d/%s", (int)child, files[i]);
        result = write_file(path, map);
    }
    if (!result && write(handshake->parent, "m", 1) != 1) result = -1;
    int error = errno;
    close(handshake->parent);
    errno = error;
    return result;
}
