// SPDX-License-Identifier: Apache-2.0

/**
 * @file
 * select() over sockets and files. Files are watched by themselves and signal a semaphore; if sockets are among the
 * descriptors, that is the socket layer's, whose own select() does the waiting.
 */

#include <errno.h>

#include "vfs_table.h"

/** The descriptors of one file system. */
typedef struct {
    fd_set read, write, error;
    void *args;
    bool wanted, started;
} part_t;

static bool is_set(int fd, const fd_set *set)
{
    return set != NULL && FD_ISSET(fd, set);
}

/** Distributes the descriptors. Returns whether somebody serves each of them. */
static bool distribute(int nfds, const fd_set *readfds, const fd_set *writefds, const fd_set *errorfds, part_t *parts)
{
    bool complete = true;
    for (int fd = 0; fd < nfds; fd++) {
        bool r = is_set(fd, readfds), w = is_set(fd, writefds), e = is_set(fd, errorfds);
        if (!r && !w && !e) {
            continue;
        }
        int local;
        vfs_entry_t *entry = vfs_lookup(fd, &local);
        if (entry == NULL) {
            complete = false;
            continue;
        }
        part_t *part = &parts[entry - vfs_entries];
        part->wanted = true;
        if (r) {
            FD_SET(local, &part->read);
        }
        if (w) {
            FD_SET(local, &part->write);
        }
        if (e) {
            FD_SET(local, &part->error);
        }
    }
    return complete;
}

/** Puts what is ready into the caller's sets, and nothing else; returns how many. */
static int collect(int nfds, fd_set *readfds, fd_set *writefds, fd_set *errorfds, const part_t *parts)
{
    int count = 0;
    fd_set *wanted[] = {readfds, writefds, errorfds};
    for (int fd = 0; fd < MAX_FDS; fd++) {
        int local;
        vfs_entry_t *entry = fd < nfds ? vfs_lookup(fd, &local) : NULL;
        // Of a descriptor that nobody serves nothing is ready.
        static const part_t nothing;
        const part_t *part = entry != NULL ? &parts[entry - vfs_entries] : &nothing;
        const fd_set *ready[] = {&part->read, &part->write, &part->error};
        for (int i = 0; i < 3; i++) {
            if (!is_set(fd, wanted[i])) {
                continue;
            }
            if (entry != NULL && FD_ISSET(local, ready[i])) {
                count++;
            } else {
                FD_CLR(fd, wanted[i]);
            }
        }
    }
    return count;
}

int esp_vfs_select(int nfds, fd_set *readfds, fd_set *writefds, fd_set *errorfds, struct timeval *timeout)
{
    if (nfds < 0 || nfds > MAX_FDS) {
        errno = EINVAL;
        return -1;
    }
    part_t *parts = calloc(CONFIG_VFS_MAX_COUNT, sizeof(part_t));
    if (parts == NULL) {
        errno = ENOMEM;
        return -1;
    }
    bool complete = distribute(nfds, readfds, writefds, errorfds, parts);

    int socket_index = -1;
    for (int i = 0; i < CONFIG_VFS_MAX_COUNT; i++) {
        if (parts[i].wanted && vfs_entries[i].functions.socket_select != NULL) {
            socket_index = i;
        }
    }
    const esp_vfs_t *sockets = socket_index >= 0 ? &vfs_entries[socket_index].functions : NULL;
    // Only the socket layer looks whether there is such a descriptor, as in ESP-IDF: without sockets one that is closed is never ready.
    if (sockets != NULL && !complete) {
        free(parts);
        errno = EBADF;
        return -1;
    }
    esp_vfs_select_sem_t sem = {.is_sem_local = sockets == NULL};
    sem.sem = sockets != NULL ? sockets->get_socket_select_semaphore() : xSemaphoreCreateBinary();
    if (sem.sem == NULL) {
        free(parts);
        errno = ENOMEM;
        return -1;
    }

    int result = 0;
    for (int i = 0; i < CONFIG_VFS_MAX_COUNT && result == 0; i++) {
        if (!parts[i].wanted || i == socket_index) {
            continue;
        }
        if (vfs_entries[i].functions.start_select == NULL) {
            // A file that cannot be watched is never ready, as in ESP-IDF.
            FD_ZERO(&parts[i].read);
            FD_ZERO(&parts[i].write);
            FD_ZERO(&parts[i].error);
        } else if (vfs_entries[i].functions.start_select(nfds, &parts[i].read, &parts[i].write, &parts[i].error, sem,
                                                         &parts[i].args) == ESP_OK) {
            parts[i].started = true;
        } else {
            errno = EINTR;
            result = -1;
        }
    }
    if (result == 0 && sockets != NULL) {
        part_t *part = &parts[socket_index];
        if (sockets->socket_select(nfds, &part->read, &part->write, &part->error, timeout) < 0) {
            result = -1;
        }
    } else if (result == 0) {
        TickType_t ticks = portMAX_DELAY;
        if (timeout != NULL) {
            uint64_t ms = (uint64_t)timeout->tv_sec * 1000 + (uint32_t)timeout->tv_usec / 1000;
            // A tick more, as in ESP-IDF: the one that is running does not count.
            uint64_t wanted = (ms + portTICK_PERIOD_MS - 1) / portTICK_PERIOD_MS + 1;
            ticks = wanted < portMAX_DELAY ? (TickType_t)wanted : portMAX_DELAY - 1;
        }
        xSemaphoreTake((SemaphoreHandle_t)sem.sem, ticks);
    }
    int saved_errno = errno;
    for (int i = 0; i < CONFIG_VFS_MAX_COUNT; i++) {
        if (parts[i].started) {
            vfs_entries[i].functions.end_select(parts[i].args);
        }
    }
    if (result == 0) {
        result = collect(nfds, readfds, writefds, errorfds, parts);
    }
    if (sem.is_sem_local) {
        vSemaphoreDelete((SemaphoreHandle_t)sem.sem);
    }
    free(parts);
    errno = saved_errno;
    return result;
}

int select(int nfds, fd_set *readfds, fd_set *writefds, fd_set *errorfds, struct timeval *timeout)
{
    return esp_vfs_select(nfds, readfds, writefds, errorfds, timeout);
}

/** The registered socket layer. */
static const esp_vfs_t *find_sockets(void)
{
    for (int i = 0; i < CONFIG_VFS_MAX_COUNT; i++) {
        if (vfs_entries[i].used && vfs_entries[i].functions.socket_select != NULL) {
            return &vfs_entries[i].functions;
        }
    }
    return NULL;
}

void esp_vfs_select_triggered(esp_vfs_select_sem_t sem)
{
    if (sem.is_sem_local) {
        xSemaphoreGive((SemaphoreHandle_t)sem.sem);
    } else {
        find_sockets()->stop_socket_select(sem.sem);
    }
}

void esp_vfs_select_triggered_isr(esp_vfs_select_sem_t sem, BaseType_t *woken)
{
    if (sem.is_sem_local) {
        xSemaphoreGiveFromISR((SemaphoreHandle_t)sem.sem, woken);
    } else {
        find_sockets()->stop_socket_select_isr(sem.sem, woken);
    }
}
