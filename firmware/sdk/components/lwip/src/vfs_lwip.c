// SPDX-License-Identifier: Apache-2.0

/**
 * @file Sockets as file descriptors: the last CONFIG_LWIP_MAX_SOCKETS of the FD_SETSIZE there are, as in ESP-IDF (the
 * first is 54).
 */

#include "arch/vfs_lwip.h"

#include <errno.h>
#include <string.h>

#include "esp_err.h"
#include "esp_vfs.h"
#include "lwip/sockets.h"
#include "lwip/sys.h"

static int fcntl_socket(int fd, int cmd, int arg)
{
    return lwip_fcntl(fd, cmd, arg);
}

static int ioctl_socket(int fd, int cmd, va_list args)
{
    return lwip_ioctl(fd, cmd, va_arg(args, void *));
}

static int fstat_socket(int fd, struct stat *st)
{
    if (st == NULL || fd < LWIP_SOCKET_OFFSET) {
        errno = EBADF;
        return -1;
    }
    memset(st, 0, sizeof(*st));
    st->st_mode = S_IFSOCK;
    return 0;
}

static void *begin_select(void)
{
    return sys_thread_sem_begin_select();
}

/** lwIP 2.1 takes a closed descriptor for an open one here; ESP-IDF's tells it apart. */
static bool all_are_open(int nfds, const fd_set *readfds, const fd_set *writefds, const fd_set *errorfds)
{
    for (int fd = LWIP_SOCKET_OFFSET; fd < nfds; fd++) {
        bool wanted = FD_ISSET(fd, readfds) || FD_ISSET(fd, writefds) || FD_ISSET(fd, errorfds);
        if (wanted && lwip_fcntl(fd, F_GETFL, 0) < 0) {
            return false;
        }
    }
    return true;
}

static int select_sockets(int nfds, fd_set *readfds, fd_set *writefds, fd_set *errorfds, struct timeval *timeout)
{
    if (!all_are_open(nfds, readfds, writefds, errorfds)) {
        sys_thread_sem_end_select();
        errno = EBADF;
        return -1;
    }
    int ready = lwip_select(nfds, readfds, writefds, errorfds, timeout);
    sys_thread_sem_end_select();
    return ready;
}

static void stop_select(void *sem)
{
    sys_sem_signal(sem);
}

static void stop_select_isr(void *sem, BaseType_t *woken)
{
    xSemaphoreGiveFromISR(*(sys_sem_t *)sem, woken);
}

void esp_vfs_lwip_sockets_register(void)
{
    static bool is_registered;
    static const esp_vfs_t sockets = {
        .flags = ESP_VFS_FLAG_DEFAULT,
        .write = lwip_write,
        .read = lwip_read,
        .close = lwip_close,
        .fstat = fstat_socket,
        .fcntl = fcntl_socket,
        .ioctl = ioctl_socket,
        .socket_select = select_sockets,
        .get_socket_select_semaphore = begin_select,
        .stop_socket_select = stop_select,
        .stop_socket_select_isr = stop_select_isr,
    };
    if (!is_registered) {
        ESP_ERROR_CHECK(esp_vfs_register_fd_range(&sockets, NULL, LWIP_SOCKET_OFFSET, FD_SETSIZE));
        is_registered = true;
    }
}
