// SPDX-License-Identifier: Apache-2.0

/** @file How connections end: in order, by half, by a reset, under a waiting task. */

#include "loopback.h"

static char s_byte[4];

static void in_order(int listener)
{
    int client, server;
    make_pair(listener, PORT, &client, &server);
    send(client, "ab", 2, 0);
    CALL(close(client));
    vTaskDelay(2);
    CALL(recv(server, s_byte, 1, 0));
    CALL(recv(server, s_byte, 4, 0));
    CALL(recv(server, s_byte, 4, 0));
    CALL(recv(server, s_byte, 4, 0));
    CALL(send(server, "x", 1, 0));
    vTaskDelay(2);
    CALL(send(server, "x", 1, 0));
    CALL(send(server, "x", 1, 0));
    CALL(recv(server, s_byte, 4, 0));
    CALL(close(server));
}

static void by_half(int listener)
{
    int client, server;
    make_pair(listener, PORT, &client, &server);
    CALL(shutdown(client, SHUT_WR));
    CALL(send(client, "x", 1, 0));
    CALL(shutdown(client, SHUT_WR));
    CALL(recv(server, s_byte, 1, 0));
    CALL(send(server, "y", 1, 0));
    CALL(recv(client, s_byte, 1, 0));
    CALL(close(server));
    CALL(recv(client, s_byte, 1, 0));
    CALL(close(client));

    make_pair(listener, PORT, &client, &server);
    CALL(shutdown(client, 77));
    CALL(shutdown(client, SHUT_RD));
    CALL(recv(client, s_byte, 1, 0));
    CALL(send(server, "z", 1, 0));
    vTaskDelay(2);
    CALL(send(server, "z", 1, 0));
    CALL(shutdown(client, SHUT_RDWR));
    CALL(recv(server, s_byte, 1, 0));
    CALL(close(client));
    CALL(close(server));
}

static void by_reset(int listener)
{
    int client, server;
    make_pair(listener, PORT, &client, &server);
    send(server, "unread", 6, 0);
    vTaskDelay(2);
    // What is left unread turns the FIN into a RST.
    CALL(close(client));
    vTaskDelay(2);
    CALL(recv(server, s_byte, 1, 0));
    CALL(recv(server, s_byte, 1, 0));
    CALL(send(server, "x", 1, 0));
    int error = 0;
    socklen_t length = sizeof(error);
    CALL(getsockopt(server, SOL_SOCKET, SO_ERROR, &error, &length));
    SHOW(error);
    CALL(close(server));

    make_pair(listener, PORT, &client, &server);
    close(client);
    vTaskDelay(1);
    send(server, "x", 1, 0);
    vTaskDelay(2);
    CALL(send(server, "x", 1, 0));
    CALL(close(server));
}

static void close_later(void *s)
{
    vTaskDelay(5);
    CALL(close((intptr_t)s));
    vTaskDelete(NULL);
}

static void shut_later(void *s)
{
    vTaskDelay(5);
    CALL(shutdown((intptr_t)s, SHUT_RDWR));
    vTaskDelete(NULL);
}

static void under_a_task(int listener)
{
    int client, server;
    make_pair(listener, PORT, &client, &server);
    limit(server, SO_RCVTIMEO, 1000);
    xTaskCreate(shut_later, "shut", 3072, (void *)(intptr_t)server, 4, NULL);
    CALL(recv(server, s_byte, 1, 0));
    vTaskDelay(10);
    CALL(close(client));
    CALL(close(server));

    make_pair(listener, PORT, &client, &server);
    limit(server, SO_RCVTIMEO, 1000);
    xTaskCreate(close_later, "close", 3072, (void *)(intptr_t)server, 4, NULL);
    CALL(recv(server, s_byte, 1, 0));
    vTaskDelay(10);
    CALL(close(client));

    xTaskCreate(close_later, "close", 3072, (void *)(intptr_t)listener, 4, NULL);
    limit(listener, SO_RCVTIMEO, 1000);
    CALL(accept(listener, NULL, NULL));
    vTaskDelay(10);
}

void topic_socket_endings(void)
{
    int listener = listen_on(PORT, 3);
    in_order(listener);
    by_half(listener);
    close(listener);
    listener = listen_on(PORT, 3);
    by_reset(listener);
    under_a_task(listener);
}
