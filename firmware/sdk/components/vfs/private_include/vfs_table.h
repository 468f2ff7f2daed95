// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file Who serves which descriptor. */

#include "esp_vfs.h"

/** A registered file system. */
typedef struct {
    esp_vfs_t functions;
    void *ctx;
    char prefix[ESP_VFS_PATH_MAX + 1];
    bool used;
} vfs_entry_t;

extern vfs_entry_t vfs_entries[CONFIG_VFS_MAX_COUNT];

/** The file system behind @p fd and its own number for it; NULL with errno EBADF if there is none. */
vfs_entry_t *vfs_lookup(int fd, int *local_fd);
/** A descriptor for a file that has been opened; -1 with errno ENFILE. */
int vfs_assign(vfs_entry_t *entry, int local_fd);
/** Forgets a descriptor, unless it is part of a range. */
void vfs_forget(int fd);

/** Calls a file system's function with or without context; -1 with errno ENOSYS if it has none. */
#define VFS_CALL(entry, function, ...)                                                       \
    ((entry)->functions.function == NULL                                                     \
         ? (errno = ENOSYS, -1)                                                              \
         : ((entry)->functions.flags & ESP_VFS_FLAG_CONTEXT_PTR                              \
                ? (entry)->functions.function##_p((entry)->ctx, __VA_ARGS__)                 \
                : (entry)->functions.function(__VA_ARGS__)))
