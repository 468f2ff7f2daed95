// SPDX-License-Identifier: Apache-2.0

/** @file Waiting for sockets: non-blocking calls, select(), poll(). */

#include "loopback.h"

#include <sys/poll.h>

static fd_set s_read, s_write, s_except;

/** select() on one or two sockets (-1: none) for all three reasons; prints what is ready. */
static void select_on(const char *what, int a, int b, int milliseconds)
{
    FD_ZERO(&s_read);
    FD_ZERO(&s_write);
    FD_ZERO(&s_except);
    int highest = a > b ? a : b;
    for (int i = 0; i < 2; i++) {
        int s = i ? b : a;
        if (s >= 0) {
            FD_SET(s, &s_read);
            FD_SET(s, &s_write);
            FD_SET(s, &s_except);
        }
    }
    struct timeval time = {.tv_sec = milliseconds / 1000, .tv_usec = milliseconds % 1000 * 1000};
    errno = 0;
    int ready = select(highest + 1, &s_read, &s_write, &s_except, &time);
    printf("%s: %d", what, ready);
    for (int i = 0; i < 2 && ready > 0; i++) {
        int s = i ? b : a;
        if (s >= 0) {
            printf(" %c%c%c", FD_ISSET(s, &s_read) ? 'r' : '-', FD_ISSET(s, &s_write) ? 'w' : '-',
                FD_ISSET(s, &s_except) ? 'x' : '-');
        }
    }
    printf(ready < 0 ? " errno %d\n" : "\n", errno);
}

static int error_of(int s)
{
    int error = -1;
    socklen_t length = sizeof(error);
    getsockopt(s, SOL_SOCKET, SO_ERROR, &error, &length);
    return error;
}

static void connecting(int listener)
{
    int s = socket(AF_INET, SOCK_STREAM, 0);
    select_on("new", s, -1, 20);
    CALL(unblock(s));
    CALL(connect_to(s, PORT));
    select_on("connecting", s, -1, 100);
    SHOW(error_of(s));
    CALL(connect_to(s, PORT));
    select_on("connected, and the listener", s, listener, 100);
    int server = accept(listener, NULL, NULL);
    SHOW(fcntl(server, F_GETFL, 0));
    CALL(recv(s, &s, 1, 0));
    close(server);
    close(s);
    s = socket(AF_INET, SOCK_STREAM, 0);
    unblock(s);
    CALL(connect_to(s, 4999));
    select_on("refused", s, -1, 100);
    SHOW(error_of(s));
    SHOW(error_of(s));
    CALL(connect_to(s, 4999));
    close(s);
    unblock(listener);
    CALL(accept(listener, NULL, NULL));
    fcntl(listener, F_SETFL, 0);
}

static void selecting(int listener)
{
    int client, server;
    char byte;
    make_pair(listener, PORT, &client, &server);
    select_on("idle", client, server, 20);
    send(client, "ab", 2, 0);
    select_on("data", server, -1, 20);
    recv(server, &byte, 1, 0);
    select_on("more data", server, -1, 20);
    recv(server, &byte, 1, 0);
    close(client);
    vTaskDelay(1);
    select_on("the peer has closed", server, -1, 20);
    recv(server, &byte, 1, 0);
    select_on("after its end was read", server, -1, 20);
    close(server);
    select_on("closed descriptor", server, -1, 20);
    make_pair(listener, PORT, &client, &server);
    send(server, "x", 1, 0);
    vTaskDelay(1);
    close(client);
    vTaskDelay(1);
    select_on("the peer has reset", server, -1, 20);
    close(server);
    SHOW(TAKES(50, select(0, NULL, NULL, NULL, &(struct timeval){.tv_usec = 100000})));
    FD_ZERO(&s_read);
    FD_SET(listener, &s_read);
    SHOW(TAKES(50, select(listener + 1, &s_read, NULL, NULL, &(struct timeval){.tv_usec = 100000})));
    SHOW(FD_ISSET(listener, &s_read));
    CALL(select(-1, NULL, NULL, NULL, &(struct timeval){.tv_usec = 10}));
    SHOW(FD_SETSIZE);
    SHOW(FD_SETSIZE > listener);
}

static void poll_on(const char *what, int s, short events, int milliseconds)
{
    struct pollfd polled = {.fd = s, .events = events, .revents = -1};
    errno = 0;
    int ready = poll(&polled, 1, milliseconds);
    printf("%s: %d %#x\n", what, ready, polled.revents);
}

static void polling(int listener)
{
    int client, server;
    char byte;
    make_pair(listener, PORT, &client, &server);
    poll_on("nothing to read", server, POLLIN, 20);
    poll_on("idle", server, POLLIN | POLLOUT, 20);
    send(client, "a", 1, 0);
    poll_on("data", server, POLLIN, 20);
    poll_on("not asked for", server, POLLPRI, 20);
    recv(server, &byte, 1, 0);
    close(client);
    vTaskDelay(1);
    poll_on("the peer has closed", server, POLLIN, 20);
    poll_on("negative", -1, POLLIN, 20);
    close(server);
    poll_on("closed descriptor", server, POLLIN, 20);
    CALL(poll(NULL, 0, 40));
    SHOW(TAKES(50, poll(&(struct pollfd){.fd = -1}, 1, 100)));
    SHOW(POLLIN);
    SHOW(POLLOUT);
    SHOW(POLLERR);
    SHOW(POLLHUP);
    SHOW(POLLNVAL);
}

void topic_waiting(void)
{
    int listener = listen_on(PORT, 3);
    connecting(listener);
    selecting(listener);
    polling(listener);
    close(listener);
}
