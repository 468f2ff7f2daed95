// SPDX-License-Identifier: Apache-2.0

/** @file TCP and UDP sockets as ESP-IDF has them: results, error numbers, limits. */

#include "check.h"
#include "sockets.h"

#include <sys/ioctl.h>

#include "esp_netif.h"
#include "esp_system.h"
#include "freertos/semphr.h"

#define PORT 4000

static SemaphoreHandle_t s_done;
static int s_listener;
static char s_buffer[100];
static char s_large[20000];

static void streams(void)
{
    struct pair pair = connect_pair(s_listener, PORT);
    CHECK("the first descriptor of a socket is 54", s_listener == 54);
    CHECK_EQUAL("send() takes all", send(pair.client, "hello", 5, 0), 5);
    CHECK_EQUAL("recv() brings it", recv(pair.server, s_buffer, sizeof(s_buffer), 0), 5);
    CHECK_EQUAL("write() is send()", write(pair.server, "world!", 6), 6);
    CHECK_EQUAL("read() is recv()", read(pair.client, s_buffer, sizeof(s_buffer)), 6);
    send(pair.client, "abc", 3, 0);
    CHECK_EQUAL("MSG_PEEK leaves what it shows", recv(pair.server, s_buffer, sizeof(s_buffer), MSG_PEEK), 3);
    CHECK_EQUAL("recv() brings as much as there is room for", recv(pair.server, s_buffer, 2, 0), 2);
    CHECK_EQUAL("and the rest later", recv(pair.server, s_buffer, sizeof(s_buffer), MSG_DONTWAIT), 1);
    CHECK_EQUAL("MSG_DONTWAIT fails when nothing is there", recv(pair.server, s_buffer, 1, MSG_DONTWAIT), -1);
    CHECK_EQUAL("with EAGAIN", errno, 11);
    struct sockaddr_in peer;
    socklen_t length = sizeof(peer);
    getpeername(pair.client, (struct sockaddr *)&peer, &length);
    CHECK_EQUAL("getpeername() tells the port", ntohs(peer.sin_port), PORT);
    CHECK_EQUAL("close() succeeds", close(pair.client), 0);
    CHECK_EQUAL("once", close(pair.client), -1);
    CHECK_EQUAL("then it is EBADF", errno, 9);
    close(pair.server);
}

static void endings(void)
{
    struct pair pair = connect_pair(s_listener, PORT);
    shutdown(pair.client, SHUT_WR);
    CHECK_EQUAL("the end of the stream is 0", recv(pair.server, s_buffer, 1, 0), 0);
    CHECK_EQUAL("after it recv() fails", recv(pair.server, s_buffer, 1, 0), -1);
    CHECK_EQUAL("with ENOTCONN", errno, 128);
    CHECK_EQUAL("the other direction is open", send(pair.server, "y", 1, 0), 1);
    CHECK_EQUAL("and carries", recv(pair.client, s_buffer, 1, 0), 1);
    close(pair.server);
    close(pair.client);

    // Eight segments fill the receive mailbox of six; the end of the stream must not get lost behind them.
    pair = connect_pair(s_listener, PORT);
    int on = 1;
    setsockopt(pair.client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    for (int i = 0; i < 8; i++) {
        send(pair.client, "m", 1, 0);
        vTaskDelay(1);
    }
    close(pair.client);
    vTaskDelay(50);
    limit_recv(pair.server, 5000);
    int count = 0;
    int result;
    while ((result = recv(pair.server, s_buffer, 1, 0)) == 1) {
        count++;
    }
    CHECK_EQUAL("a burst before the end arrives whole", count, 8);
    CHECK_EQUAL("and the end after it", result, 0);
    close(pair.server);
}

static void refusals(void)
{
    int client = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in nobody = here(4999);
    CHECK_EQUAL("connecting to nobody fails", connect(client, (struct sockaddr *)&nobody, sizeof(nobody)), -1);
    CHECK_EQUAL("with ECONNRESET, as lwIP has it", errno, 104);
    connect(client, (struct sockaddr *)&nobody, sizeof(nobody));
    CHECK_EQUAL("a second time with ENOTCONN", errno, 128);
    close(client);

    int second = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in taken = here(PORT);
    CHECK_EQUAL("a port that is taken is refused", bind(second, (struct sockaddr *)&taken, sizeof(taken)), -1);
    CHECK_EQUAL("with EADDRINUSE", errno, 112);
    close(second);

    int sockets[12];
    int count = 0;
    while (count < 12 && (sockets[count] = socket(AF_INET, SOCK_STREAM, 0)) >= 0) {
        count++;
    }
    CHECK_EQUAL("with the listener there are ten sockets", count, 9);
    CHECK_EQUAL("the next is ENFILE", errno, 23);
    while (count-- > 0) {
        close(sockets[count]);
    }
    CHECK_EQUAL("SO_LINGER is off", setsockopt(s_listener, SOL_SOCKET, SO_LINGER, s_buffer, 8), -1);
    CHECK_EQUAL("with ENOPROTOOPT", errno, 109);
}

static void limits(void)
{
    struct pair pair = connect_pair(s_listener, PORT);
    fcntl(pair.server, F_SETFL, fcntl(pair.server, F_GETFL, 0) | O_NONBLOCK);
    CHECK_EQUAL("a non-blocking send() takes a send buffer's worth", send(pair.server, s_large, sizeof(s_large), 0),
                5760);
    CHECK_EQUAL("a non-blocking recv() does not wait", recv(pair.server, s_buffer, 1, 0), -1);
    limit_recv(pair.client, 500);
    int received = 0;
    int result;
    while ((result = recv(pair.client, s_buffer, sizeof(s_buffer), 0)) > 0) {
        received += result;
    }
    CHECK_EQUAL("which arrives", received, 5760);
    CHECK_EQUAL("SO_RCVTIMEO ends the wait with EAGAIN", errno, 11);
    close(pair.server);
    close(pair.client);
}

static void receive_one(void *socket)
{
    char byte;
    recv((int)socket, &byte, 1, 0);
    xSemaphoreGive(s_done);
    vTaskDelete(NULL);
}

static void use_socket(void *nothing)
{
    (void)nothing;
    close(socket(AF_INET, SOCK_STREAM, 0));
    xSemaphoreGive(s_done);
    vTaskDelete(NULL);
}

static void churn(int count)
{
    for (int i = 0; i < count; i++) {
        xTaskCreate(use_socket, "user", 3072, NULL, 5, NULL);
        xSemaphoreTake(s_done, portMAX_DELAY);
        vTaskDelay(2);
    }
}

static void tasks(void)
{
    struct pair pair = connect_pair(s_listener, PORT);
    xTaskCreate(receive_one, "receiver", 3072, (void *)pair.client, 5, NULL);
    vTaskDelay(5);
    close(pair.client);
    CHECK_EQUAL("close() wakes the task that waits in recv()", xSemaphoreTake(s_done, 200), pdTRUE);
    close(pair.server);
    churn(5);
    size_t before = esp_get_free_heap_size();
    churn(20);
    CHECK_EQUAL("tasks that used sockets leave nothing behind", (int)(before - esp_get_free_heap_size()), 0);
}

static void datagrams(void)
{
    int receiver = socket(AF_INET, SOCK_DGRAM, 0);
    int sender = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in address = here(5555);
    bind(receiver, (struct sockaddr *)&address, sizeof(address));
    for (int i = 0; i < 9; i++) {
        sendto(sender, "dgram", 5, 0, (struct sockaddr *)&address, sizeof(address));
    }
    struct sockaddr_in from = {0};
    socklen_t length = sizeof(from);
    CHECK_EQUAL("a datagram comes whole",
                recvfrom(receiver, s_buffer, sizeof(s_buffer), 0, (struct sockaddr *)&from, &length), 5);
    CHECK_EQUAL("with its sender", from.sin_addr.s_addr, htonl(INADDR_LOOPBACK));
    int count = 1;
    while (recv(receiver, s_buffer, sizeof(s_buffer), MSG_DONTWAIT) == 5) {
        count++;
    }
    CHECK_EQUAL("six wait at the most", count, 6);
    close(receiver);
    close(sender);
}

static void never_accepted(void)
{
    int first = dial(PORT);
    int second = dial(PORT);
    send(first, "q", 1, 0);
    vTaskDelay(2);
    CHECK_EQUAL("a listener with connections in its queue closes", close(s_listener), 0);
    limit_recv(first, 2000);
    CHECK_EQUAL("they are reset", recv(first, s_buffer, 1, 0), -1);
    CHECK_EQUAL("with ECONNRESET", errno, 104);
    close(first);
    close(second);
}

void app_main(void)
{
    s_done = xSemaphoreCreateBinary();
    esp_netif_init();
    s_listener = listen_on(PORT, 2);
    streams();
    endings();
    refusals();
    limits();
    tasks();
    datagrams();
    never_accepted();
    printf("DONE\n");
}
