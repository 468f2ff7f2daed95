// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * File descriptors and who serves them (ESP-IDF's esp_vfs.h): 0 to 2 are the console, sockets have a range of their
 * own, and a program may register a file system under a path of up to ESP_VFS_PATH_MAX characters. Directory and
 * terminal functions are not there.
 */

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <unistd.h>

#include "esp_err.h"
#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"
#include "sdkconfig.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MAX_FDS FD_SETSIZE
#define ESP_VFS_PATH_MAX 15
#define ESP_VFS_FLAG_DEFAULT 0
/** The functions named _p are used, and get the context given at registration. */
#define ESP_VFS_FLAG_CONTEXT_PTR 1

typedef int esp_vfs_id_t;

/** What a waiting select() is woken by. */
typedef struct {
    bool is_sem_local; /**< a semaphore of this kernel, not of the socket layer */
    void *sem;
} esp_vfs_select_sem_t;

/** Functions of a file system; those left NULL fail with ENOSYS. The fd they get is their own. */
typedef struct {
    int flags;
    union {
        ssize_t (*write_p)(void *ctx, int fd, const void *data, size_t size);
        ssize_t (*write)(int fd, const void *data, size_t size);
    };
    union {
        off_t (*lseek_p)(void *ctx, int fd, off_t offset, int mode);
        off_t (*lseek)(int fd, off_t offset, int mode);
    };
    union {
        ssize_t (*read_p)(void *ctx, int fd, void *dst, size_t size);
        ssize_t (*read)(int fd, void *dst, size_t size);
    };
    union {
        int (*open_p)(void *ctx, const char *path, int flags, int mode);
        int (*open)(const char *path, int flags, int mode);
    };
    union {
        int (*close_p)(void *ctx, int fd);
        int (*close)(int fd);
    };
    union {
        int (*fstat_p)(void *ctx, int fd, struct stat *st);
        int (*fstat)(int fd, struct stat *st);
    };
    union {
        int (*fcntl_p)(void *ctx, int fd, int cmd, int arg);
        int (*fcntl)(int fd, int cmd, int arg);
    };
    union {
        int (*ioctl_p)(void *ctx, int fd, int cmd, va_list args);
        int (*ioctl)(int fd, int cmd, va_list args);
    };
    union {
        int (*fsync_p)(void *ctx, int fd);
        int (*fsync)(int fd);
    };
    /** Starts watching: the sets hold the descriptors of this file system only. */
    esp_err_t (*start_select)(int nfds, fd_set *readfds, fd_set *writefds, fd_set *exceptfds, esp_vfs_select_sem_t sem,
                              void **end_select_args);
    /** The socket layer's own select(), and how to end it early. */
    int (*socket_select)(int nfds, fd_set *readfds, fd_set *writefds, fd_set *errorfds, struct timeval *timeout);
    void (*stop_socket_select)(void *sem);
    void (*stop_socket_select_isr)(void *sem, BaseType_t *woken);
    void *(*get_socket_select_semaphore)(void);
    /** Ends watching: leaves those descriptors in the sets that are ready. */
    esp_err_t (*end_select)(void *end_select_args);
} esp_vfs_t;

/** Serves paths below @p base_path ("/name"). ESP_ERR_INVALID_ARG, ESP_ERR_NO_MEM (at most CONFIG_VFS_MAX_COUNT). */
esp_err_t esp_vfs_register(const char *base_path, const esp_vfs_t *vfs, void *ctx);
/** Serves the descriptors @p min_fd to @p max_fd - 1, which are also its own numbers. */
esp_err_t esp_vfs_register_fd_range(const esp_vfs_t *vfs, void *ctx, int min_fd, int max_fd);
esp_err_t esp_vfs_unregister(const char *base_path);
/** select(); see there. */
int esp_vfs_select(int nfds, fd_set *readfds, fd_set *writefds, fd_set *errorfds, struct timeval *timeout);
/** Called by a file system being watched when a descriptor became ready. */
void esp_vfs_select_triggered(esp_vfs_select_sem_t sem);
void esp_vfs_select_triggered_isr(esp_vfs_select_sem_t sem, BaseType_t *woken);

#ifdef __cplusplus
}
#endif
