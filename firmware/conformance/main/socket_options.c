// SPDX-License-Identifier: Apache-2.0

/** @file Options: which there are, their values, what is refused. */

#include "loopback.h"

#include <netinet/tcp.h>

#define OPTION(level, name) {#name, level, name}

static const struct {
    const char *name;
    int level;
    int option;
} s_options[] = {
    OPTION(SOL_SOCKET, SO_REUSEADDR), OPTION(SOL_SOCKET, SO_KEEPALIVE), OPTION(SOL_SOCKET, SO_BROADCAST),
    OPTION(SOL_SOCKET, SO_ACCEPTCONN), OPTION(SOL_SOCKET, SO_ERROR), OPTION(SOL_SOCKET, SO_TYPE),
    OPTION(SOL_SOCKET, SO_RCVBUF), OPTION(SOL_SOCKET, SO_SNDBUF), OPTION(SOL_SOCKET, SO_NO_CHECK),
    OPTION(SOL_SOCKET, SO_LINGER), OPTION(SOL_SOCKET, SO_RCVLOWAT), OPTION(SOL_SOCKET, SO_REUSEPORT),
    OPTION(SOL_SOCKET, SO_OOBINLINE), OPTION(SOL_SOCKET, SO_DONTROUTE), OPTION(SOL_SOCKET, SO_BINDTODEVICE),
    OPTION(IPPROTO_TCP, TCP_NODELAY), OPTION(IPPROTO_TCP, TCP_KEEPALIVE), OPTION(IPPROTO_TCP, TCP_KEEPIDLE),
    OPTION(IPPROTO_TCP, TCP_KEEPINTVL), OPTION(IPPROTO_TCP, TCP_KEEPCNT), OPTION(IPPROTO_IP, IP_TTL),
    OPTION(IPPROTO_IP, IP_TOS),
    OPTION(IPPROTO_IPV6, IPV6_V6ONLY), OPTION(77, SO_TYPE), OPTION(SOL_SOCKET, 0x7777), OPTION(IPPROTO_TCP, 77),
};

/** Each option of a socket: got, set to 1 (or its length wrong), got again. */
static void each(int s)
{
    for (size_t i = 0; i < sizeof(s_options) / sizeof(s_options[0]); i++) {
        int value[4] = {0};
        socklen_t length = sizeof(value);
        errno = 0;
        int got = getsockopt(s, s_options[i].level, s_options[i].option, value, &length);
        printf("%s: got %d errno %d", s_options[i].name, got, got < 0 ? errno : 0);
        if (got == 0) {
            printf(" value %d length %d", value[0], (int)length);
        }
        int one = 1;
        errno = 0;
        int set = setsockopt(s, s_options[i].level, s_options[i].option, &one, sizeof(one));
        printf("; set %d errno %d", set, set < 0 ? errno : 0);
        length = sizeof(value);
        value[0] = 0;
        if (set == 0 && getsockopt(s, s_options[i].level, s_options[i].option, value, &length) == 0) {
            printf(" value %d", value[0]);
        }
        errno = 0;
        set = setsockopt(s, s_options[i].level, s_options[i].option, &one, 1);
        printf("; too short %d errno %d\n", set, set < 0 ? errno : 0);
    }
}

void topic_socket_options(void)
{
    printf("TCP, not connected\n");
    int s = socket(AF_INET, SOCK_STREAM, 0);
    each(s);
    close(s);
    printf("UDP\n");
    s = socket(AF_INET, SOCK_DGRAM, 0);
    each(s);
    close(s);
    int listener = listen_on(PORT, 3), client, server, value;
    socklen_t length = sizeof(value);
    setsockopt(listener, SOL_SOCKET, SO_KEEPALIVE, &(int){1}, sizeof(int));
    setsockopt(listener, IPPROTO_TCP, TCP_KEEPIDLE, &(int){5}, sizeof(int));
    setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    CALL(getsockopt(listener, SOL_SOCKET, SO_ACCEPTCONN, &value, &length));
    SHOW(value);
    CALL(getsockopt(listener, IPPROTO_TCP, TCP_KEEPIDLE, &value, &length));
    SHOW(value);
    CALL(getsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &value, &length));
    make_pair(listener, PORT, &client, &server);
    CALL(getsockopt(server, SOL_SOCKET, SO_KEEPALIVE, &value, &length));
    SHOW(value != 0);
    CALL(getsockopt(server, IPPROTO_TCP, TCP_KEEPIDLE, &value, &length));
    SHOW(value);
    CALL(getsockopt(server, IPPROTO_TCP, TCP_NODELAY, &value, &length));
    SHOW(value);
    CALL(setsockopt(server, IPPROTO_TCP, TCP_KEEPIDLE, &(int){7}, sizeof(int)));
    CALL(getsockopt(server, IPPROTO_TCP, TCP_KEEPIDLE, &value, &length));
    SHOW(value);
    struct linger linger = {.l_onoff = 1};
    CALL(setsockopt(server, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger)));
    struct timeval time = {0};
    CALL(limit(server, SO_RCVTIMEO, 2345));
    length = sizeof(time);
    CALL(getsockopt(server, SOL_SOCKET, SO_RCVTIMEO, &time, &length));
    printf("%ld %ld\n", (long)time.tv_sec, (long)time.tv_usec);
    CALL(limit(server, SO_SNDTIMEO, 1500));
    CALL(getsockopt(server, SOL_SOCKET, SO_SNDTIMEO, &time, &length));
    printf("%ld %ld\n", (long)time.tv_sec, (long)time.tv_usec);
    CALL(setsockopt(server, SOL_SOCKET, SO_RCVTIMEO, &value, sizeof(value)));
    CALL(setsockopt(server, SOL_SOCKET, SO_KEEPALIVE, NULL, 4));
    CALL(fcntl(server, F_GETFL, 0));
    CALL(fcntl(server, F_SETFL, O_NONBLOCK));
    CALL(fcntl(server, F_GETFL, 0));
    CALL(fcntl(server, F_SETFL, 0));
    CALL(ioctl(server, FIONBIO, &(int){1}));
    CALL(fcntl(server, F_GETFL, 0));
    CALL(fcntl(server, 77, 0));
    close(client);
    close(server);
    close(listener);
}
