// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file Sockets over the loopback interface, for the tests. */

#include <errno.h>
#include <stdbool.h>
#include <unistd.h>

#include "lwip/sockets.h"

/** An address on this device. */
static inline struct sockaddr_in here(int port)
{
    return (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(port),
            .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

/** A listening socket; -1 with errno. */
static inline int listen_on(int port, int backlog)
{
    struct sockaddr_in address = here(port);
    int on = 1;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (bind(listener, (struct sockaddr *)&address, sizeof(address)) != 0 || listen(listener, backlog) != 0) {
        return -1;
    }
    return listener;
}

/** A connected socket; -1 with errno. */
static inline int dial(int port)
{
    struct sockaddr_in address = here(port);
    int client = socket(AF_INET, SOCK_STREAM, 0);
    return connect(client, (struct sockaddr *)&address, sizeof(address)) == 0 ? client : -1;
}

/** Both ends of a connection. */
struct pair {
    int client;
    int server;
};

static inline struct pair connect_pair(int listener, int port)
{
    struct pair pair = {.client = dial(port)};
    pair.server = accept(listener, NULL, NULL);
    return pair;
}

/** Waits at most `milliseconds` in recv(). */
static inline void limit_recv(int socket, int milliseconds)
{
    struct timeval limit = {.tv_sec = milliseconds / 1000, .tv_usec = milliseconds % 1000 * 1000};
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
}
