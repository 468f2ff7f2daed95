// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file Connections within the device, for the topics about sockets: 127.0.0.1 behaves as any other address. */

#include "topics.h"

#include <fcntl.h>
#include <netdb.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/socket.h>

#include "lwip/sockets.h"

#define PORT 4000

static inline struct sockaddr_in here(int port)
{
    return (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
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

/** connect() to a port here. */
static inline int connect_to(int s, int port)
{
    struct sockaddr_in address = here(port);
    return connect(s, (struct sockaddr *)&address, sizeof(address));
}

/** bind() to a port here. */
static inline int bind_to(int s, int port)
{
    struct sockaddr_in address = here(port);
    return bind(s, (struct sockaddr *)&address, sizeof(address));
}

/** Both ends of a new connection. */
static inline void make_pair(int listener, int port, int *client, int *server)
{
    *client = socket(AF_INET, SOCK_STREAM, 0);
    connect_to(*client, port);
    *server = accept(listener, NULL, NULL);
}

/** Sets a time limit, SO_RCVTIMEO or SO_SNDTIMEO. */
static inline int limit(int s, int option, int milliseconds)
{
    struct timeval time = {.tv_sec = milliseconds / 1000, .tv_usec = milliseconds % 1000 * 1000};
    return setsockopt(s, SOL_SOCKET, option, &time, sizeof(time));
}

/** Makes a socket non-blocking. */
static inline int unblock(int s)
{
    return fcntl(s, F_SETFL, fcntl(s, F_GETFL, 0) | O_NONBLOCK);
}
