// SPDX-License-Identifier: Apache-2.0

/** @file poll(), by means of select(). */

#include <errno.h>
#include <stddef.h>
#include <sys/poll.h>
#include <sys/select.h>
#include <sys/time.h>

int poll(struct pollfd *fds, nfds_t nfds, int timeout)
{
    fd_set readfds, writefds, errorfds;
    FD_ZERO(&readfds);
    FD_ZERO(&writefds);
    FD_ZERO(&errorfds);
    int highest = -1, invalid = 0;
    if (fds == NULL) {
        errno = ENOENT; // ESP-IDF's choice
        return -1;
    }
    for (nfds_t i = 0; i < nfds; i++) {
        fds[i].revents = 0;
        if (fds[i].fd < 0) {
            continue;
        }
        if (fds[i].fd >= FD_SETSIZE) {
            fds[i].revents = POLLNVAL;
            invalid++;
            continue;
        }
        if (fds[i].events & (POLLIN | POLLRDNORM | POLLRDBAND)) {
            FD_SET(fds[i].fd, &readfds);
        }
        if (fds[i].events & (POLLOUT | POLLWRBAND)) {
            FD_SET(fds[i].fd, &writefds);
        }
        FD_SET(fds[i].fd, &errorfds);
        if (fds[i].fd > highest) {
            highest = fds[i].fd;
        }
    }
    struct timeval tv = {.tv_sec = timeout / 1000, .tv_usec = timeout % 1000 * 1000};
    int ready = select(highest + 1, &readfds, &writefds, &errorfds, timeout < 0 ? NULL : &tv);
    if (ready < 0) {
        return -1;
    }
    int count = invalid;
    for (nfds_t i = 0; i < nfds; i++) {
        if (fds[i].fd < 0 || fds[i].fd >= FD_SETSIZE) {
            continue;
        }
        if (FD_ISSET(fds[i].fd, &readfds)) {
            fds[i].revents |= POLLIN;
        }
        if (FD_ISSET(fds[i].fd, &writefds)) {
            fds[i].revents |= POLLOUT;
        }
        if (FD_ISSET(fds[i].fd, &errorfds)) {
            fds[i].revents |= POLLERR;
        }
        count += fds[i].revents != 0;
    }
    return count;
}
