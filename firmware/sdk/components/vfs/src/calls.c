// SPDX-License-Identifier: Apache-2.0

/** @file The POSIX calls on descriptors. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

#include "vfs_table.h"

int ioctl(int fd, int request, ...);

/** The file system with the longest prefix of @p path; @p rest is what follows. */
static vfs_entry_t *find_path(const char *path, const char **rest)
{
    vfs_entry_t *best = NULL;
    size_t best_length = 0;
    for (int i = 0; i < CONFIG_VFS_MAX_COUNT; i++) {
        size_t length = strlen(vfs_entries[i].prefix);
        if (vfs_entries[i].used && length > best_length && strncmp(path, vfs_entries[i].prefix, length) == 0 &&
            (path[length] == '/' || path[length] == '\0')) {
            best = &vfs_entries[i];
            best_length = length;
        }
    }
    *rest = path + best_length;
    return best;
}

int open(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    int mode = flags & O_CREAT ? va_arg(args, int) : 0;
    va_end(args);
    const char *rest;
    vfs_entry_t *entry = find_path(path, &rest);
    if (entry == NULL) {
        errno = ENOENT;
        return -1;
    }
    int local = VFS_CALL(entry, open, rest, flags, mode);
    if (local < 0) {
        return -1;
    }
    int fd = vfs_assign(entry, local);
    if (fd < 0) {
        (void)VFS_CALL(entry, close, local);
        errno = ENFILE;
    }
    return fd;
}

int close(int fd)
{
    int local;
    vfs_entry_t *entry = vfs_lookup(fd, &local);
    if (entry == NULL) {
        return -1;
    }
    int result = VFS_CALL(entry, close, local);
    vfs_forget(fd);
    return result;
}

ssize_t read(int fd, void *buffer, size_t size)
{
    int local;
    vfs_entry_t *entry = vfs_lookup(fd, &local);
    return entry == NULL ? -1 : VFS_CALL(entry, read, local, buffer, size);
}

ssize_t write(int fd, const void *data, size_t size)
{
    int local;
    vfs_entry_t *entry = vfs_lookup(fd, &local);
    return entry == NULL ? -1 : VFS_CALL(entry, write, local, data, size);
}

off_t lseek(int fd, off_t offset, int mode)
{
    int local;
    vfs_entry_t *entry = vfs_lookup(fd, &local);
    return entry == NULL ? -1 : VFS_CALL(entry, lseek, local, offset, mode);
}

int fstat(int fd, struct stat *st)
{
    int local;
    vfs_entry_t *entry = vfs_lookup(fd, &local);
    return entry == NULL ? -1 : VFS_CALL(entry, fstat, local, st);
}

int fsync(int fd)
{
    int local;
    vfs_entry_t *entry = vfs_lookup(fd, &local);
    return entry == NULL ? -1 : VFS_CALL(entry, fsync, local);
}

int fcntl(int fd, int command, ...)
{
    va_list args;
    va_start(args, command);
    int value = va_arg(args, int);
    va_end(args);
    int local;
    vfs_entry_t *entry = vfs_lookup(fd, &local);
    return entry == NULL ? -1 : VFS_CALL(entry, fcntl, local, command, value);
}

int ioctl(int fd, int request, ...)
{
    int local;
    vfs_entry_t *entry = vfs_lookup(fd, &local);
    if (entry == NULL) {
        return -1;
    }
    va_list args;
    va_start(args, request);
    int result = VFS_CALL(entry, ioctl, local, request, args);
    va_end(args);
    return result;
}

int isatty(int fd)
{
    struct stat st;
    return fstat(fd, &st) == 0 && S_ISCHR(st.st_mode);
}

/** No file system here has names to look up or change. */
int stat(const char *path, struct stat *st)
{
    (void)path;
    (void)st;
    errno = ENOENT;
    return -1;
}

int unlink(const char *path)
{
    (void)path;
    errno = ENOENT;
    return -1;
}

int rename(const char *from, const char *to)
{
    (void)from;
    (void)to;
    errno = ENOENT;
    return -1;
}

int access(const char *path, int mode)
{
    (void)path;
    (void)mode;
    errno = ENOENT;
    return -1;
}

int mkdir(const char *path, mode_t mode)
{
    (void)path;
    (void)mode;
    errno = ENOENT;
    return -1;
}
