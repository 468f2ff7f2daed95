// SPDX-License-Identifier: Apache-2.0

/** @file Data over a connection: whole, in parts, peeked at, scattered, more than fits. */

#include "loopback.h"

static char s_large[20000];

static void streams(int client, int server)
{
    char text[40] = "";
    CALL(send(client, "hello", 5, 0));
    CALL(send(client, "", 0, 0));
    CALL(recv(server, text, 0, 0));
    CALL(recv(server, text, 3, 0));
    CALL(recv(server, text, sizeof(text), MSG_PEEK));
    CALL(recv(server, text, sizeof(text), 0));
    CALL(recv(server, text, sizeof(text), MSG_DONTWAIT));
    CALL(write(server, "world", 5));
    CALL(read(client, text, sizeof(text)));
    send(client, "one", 3, 0);
    send(client, "two", 3, 0);
    vTaskDelay(1);
    CALL(recv(server, text, sizeof(text), 0));
    SHOW_TEXT(text);
    CALL(sendto(client, "to", 2, 0, NULL, 0));
    struct sockaddr_in from = {0};
    socklen_t length = sizeof(from);
    CALL(recvfrom(server, text, sizeof(text), 0, (struct sockaddr *)&from, &length));
    SHOW(from.sin_family);
    SHOW(length);
    struct iovec parts[] = {{"abc", 3}, {"defg", 4}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    CALL(sendmsg(client, &message, 0));
    struct iovec into[] = {{text, 2}, {text + 10, 20}};
    struct msghdr received = {.msg_iov = into, .msg_iovlen = 2};
    CALL(recvmsg(server, &received, 0));
    CALL(sendmsg(server, &message, 0));
    CALL(recv(client, text, sizeof(text), MSG_WAITALL | MSG_DONTWAIT));
    CALL(send(client, "more", 4, MSG_MORE));
    CALL(send(client, "!", 1, 0));
    vTaskDelay(1);
    CALL(recv(server, text, sizeof(text), 0));
    int waiting = -1;
    send(client, "12345678", 8, 0);
    vTaskDelay(1);
    CALL(ioctl(server, FIONREAD, &waiting));
    SHOW(waiting);
    CALL(recv(server, text, sizeof(text), 0));
    CALL(ioctl(server, 12345, &waiting));
    SHOW(limit(server, SO_RCVTIMEO, 100));
    SHOW(TAKES(50, recv(server, text, 1, 0)));
    CALL(recv(server, text, 1, 0));
    limit(server, SO_RCVTIMEO, 0);
}

static void drain(void *argument)
{
    int s = (intptr_t)argument;
    static char block[1000];
    int total = 0, got;
    while ((got = recv(s, block, sizeof(block), 0)) > 0) {
        total += got;
        vTaskDelay(1);
    }
    SHOW(total);
    SHOW(got);
    vTaskDelete(NULL);
}

static void much(int listener)
{
    int client, server;
    make_pair(listener, PORT, &client, &server);
    unblock(client);
    SHOW(fcntl(client, F_GETFL, 0));
    CALL(send(client, s_large, sizeof(s_large), 0));
    CALL(send(client, s_large, sizeof(s_large), MSG_DONTWAIT));
    vTaskDelay(5);
    int sent, rounds = 0;
    while ((sent = send(client, s_large, 100, 0)) == 100 && rounds < 200) {
        rounds++;
        vTaskDelay(1);
    }
    SHOW(sent);
    SHOW(errno);
    close(client);
    close(server);

    make_pair(listener, PORT, &client, &server);
    limit(client, SO_SNDTIMEO, 100);
    int first = send(client, s_large, sizeof(s_large), 0);
    SHOW(first < (int)sizeof(s_large) && first >= 5760);
    CALL(send(client, s_large, sizeof(s_large), 0));
    close(client);
    close(server);

    make_pair(listener, PORT, &client, &server);
    xTaskCreate(drain, "drain", 3072, (void *)(intptr_t)server, 4, NULL);
    CALL(send(client, s_large, sizeof(s_large), 0));
    CALL(close(client));
    vTaskDelay(40);
    CALL(close(server));
}

void topic_socket_data(void)
{
    int listener = listen_on(PORT, 3), client, server;
    make_pair(listener, PORT, &client, &server);
    streams(client, server);
    close(client);
    close(server);
    much(listener);
    close(listener);
}
