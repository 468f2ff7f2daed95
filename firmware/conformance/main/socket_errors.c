// SPDX-License-Identifier: Apache-2.0

/** @file What goes wrong with sockets, and the error numbers. */

#include "loopback.h"

static void making(void)
{
    int s[16];
    CALL(s[0] = socket(77, SOCK_STREAM, 0));
    CALL(s[1] = socket(AF_INET, SOCK_STREAM, 77));
    CALL(socket(AF_INET, 77, 0));
    close(s[0]);
    close(s[1]);
    int count = 0;
    while (count < 16 && (s[count] = socket(AF_INET, SOCK_STREAM, 0)) >= 0) {
        count++;
    }
    SHOW(count);
    SHOW(errno);
    SHOW(s[0]);
    SHOW(s[count - 1]);
    CALL(socket(AF_INET, SOCK_DGRAM, 0));
    close(s[3]);
    SHOW(socket(AF_INET, SOCK_DGRAM, 0) == s[3]);
    for (int i = 0; i < count; i++) {
        close(s[i]);
    }
    CALL(close(s[0]));
    CALL(close(s[0] + 20));
    CALL(send(s[0], "x", 1, 0));
    CALL(recv(s[0], s, 1, 0));
    CALL(connect_to(s[0], PORT));
    CALL(listen(-1, 5));
    CALL(accept(1, NULL, NULL));
    CALL(setsockopt(100, SOL_SOCKET, SO_KEEPALIVE, &count, sizeof(count)));
}

static void binding(void)
{
    int a = socket(AF_INET, SOCK_STREAM, 0), b = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    CALL(bind_to(a, PORT));
    CALL(bind_to(b, PORT));
    CALL(listen(a, 5));
    CALL(listen(a, 5));
    CALL(bind_to(b, PORT));
    CALL(setsockopt(b, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)));
    CALL(bind_to(b, PORT));
    CALL(listen(b, 5));
    CALL(connect_to(a, PORT));
    CALL(send(a, "x", 1, 0));
    CALL(recv(a, &on, 1, 0));
    CALL(close(a));
    CALL(close(b));

    a = socket(AF_INET, SOCK_STREAM, 0);
    CALL(accept(a, NULL, NULL));
    CALL(listen(a, 1));
    struct sockaddr_in name;
    socklen_t length = sizeof(name);
    CALL(getsockname(a, (struct sockaddr *)&name, &length));
    SHOW(ntohs(name.sin_port));
    SHOW(name.sin_addr.s_addr);
    SHOW(length);
    CALL(getpeername(a, (struct sockaddr *)&name, &length));
    close(a);
    a = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in foreign = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x08080808), .sin_port = htons(80)};
    CALL(bind(a, (struct sockaddr *)&foreign, sizeof(foreign)));
    foreign.sin_family = 77;
    CALL(bind(a, (struct sockaddr *)&foreign, sizeof(foreign)));
    CALL(bind(a, (struct sockaddr *)&foreign, 3));
    close(a);
}

static void connecting(void)
{
    char byte;
    int s = socket(AF_INET, SOCK_STREAM, 0);
    limit(s, SO_RCVTIMEO, 100);
    CALL(send(s, "x", 1, 0));
    CALL(recv(s, &byte, 1, 0));
    CALL(shutdown(s, SHUT_WR));
    CALL(connect_to(s, 4999));
    CALL(connect_to(s, 4999));
    CALL(send(s, "x", 1, 0));
    CALL(recv(s, &byte, 1, 0));
    CALL(close(s));
    int listener = listen_on(PORT, 2);
    s = socket(AF_INET, SOCK_STREAM, 0);
    CALL(connect_to(s, PORT));
    CALL(connect_to(s, PORT));
    CALL(listen(s, 3));
    CALL(close(s));
    close(listener);
    s = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in nowhere = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x0a000202), .sin_port = htons(80)};
    CALL(connect(s, (struct sockaddr *)&nowhere, sizeof(nowhere)));
    nowhere.sin_port = 0;
    CALL(connect(s, (struct sockaddr *)&nowhere, sizeof(nowhere)));
    nowhere.sin_addr.s_addr = 0;
    CALL(connect(s, (struct sockaddr *)&nowhere, sizeof(nowhere)));
    nowhere.sin_family = AF_UNSPEC;
    CALL(connect(s, (struct sockaddr *)&nowhere, sizeof(nowhere)));
    nowhere.sin_family = 77;
    CALL(connect(s, (struct sockaddr *)&nowhere, sizeof(nowhere)));
    CALL(close(s));
}

static void backlog(void)
{
    int listener = listen_on(PORT, 1), s[3], accepted;
    for (int i = 0; i < 3; i++) {
        s[i] = socket(AF_INET, SOCK_STREAM, 0);
        unblock(s[i]);
        CALL(connect_to(s[i], PORT));
    }
    vTaskDelay(5);
    for (int i = 0; i < 3; i++) {
        int error;
        socklen_t length = sizeof(error);
        getsockopt(s[i], SOL_SOCKET, SO_ERROR, &error, &length);
        SHOW(error);
        CALL(send(s[i], "x", 1, 0));
    }
    unblock(listener);
    while ((accepted = accept(listener, NULL, NULL)) >= 0) {
        printf("accepted\n");
        close(accepted);
    }
    SHOW(errno);
    for (int i = 0; i < 3; i++) {
        close(s[i]);
    }
    close(listener);
}

void topic_socket_errors(void)
{
    making();
    binding();
    connecting();
    backlog();
}
