// SPDX-License-Identifier: Apache-2.0

/** @file select() and poll() over sockets and the console, connecting without waiting, and looking up names. */

#include "check.h"
#include "sockets.h"

#include <netdb.h>
#include <sys/poll.h>
#include <sys/select.h>

#include "driver/uart.h"
#include "esp_netif.h"
#include "esp_vfs_dev.h"

#define PORT 4001

static char s_buffer[64];

static void send_later(void *socket)
{
    vTaskDelay(30);
    send((int)socket, "x", 1, 0);
    vTaskDelete(NULL);
}

/** select() for reading on one or two descriptors; the one that is ready, 0 at the time-out. */
static int wait_readable(int one, int other, int milliseconds)
{
    fd_set set;
    FD_ZERO(&set);
    FD_SET(one, &set);
    FD_SET(other, &set);
    struct timeval limit = {.tv_sec = milliseconds / 1000, .tv_usec = milliseconds % 1000 * 1000};
    int ready = select((one > other ? one : other) + 1, &set, NULL, NULL, &limit);
    return ready <= 0 ? ready : FD_ISSET(one, &set) ? one : other;
}

static void waiting(struct pair pair)
{
    TickType_t start = xTaskGetTickCount();
    CHECK_EQUAL("select() ends at its time-out", wait_readable(pair.server, pair.server, 200), 0);
    TickType_t waited = xTaskGetTickCount() - start;
    CHECK("and not before", waited >= 19 && waited <= 22);
    xTaskCreate(send_later, "sender", 3072, (void *)pair.client, 5, NULL);
    CHECK_EQUAL("select() sees data arrive", wait_readable(pair.server, pair.server, 5000), pair.server);
    recv(pair.server, s_buffer, 1, 0);

    struct pollfd poll_set = {.fd = pair.server, .events = POLLIN | POLLOUT};
    CHECK_EQUAL("poll() finds a socket ready", poll(&poll_set, 1, 100), 1);
    CHECK_EQUAL("for writing only", poll_set.revents, POLLOUT);
    poll_set.events = POLLIN;
    CHECK_EQUAL("poll() ends at its time-out", poll(&poll_set, 1, 50), 0);
}

static void limits(struct pair pair)
{
    fd_set set;
    FD_ZERO(&set);
    FD_SET(pair.server, &set);
    struct timeval limit = {.tv_usec = 1200000};
    TickType_t start = xTaskGetTickCount();
    CHECK_EQUAL("a million microseconds and more are a time like others", select(pair.server + 1, &set, NULL, NULL, &limit), 0);
    TickType_t waited = xTaskGetTickCount() - start;
    CHECK("and are waited for", waited >= 119 && waited <= 123);

    // What lies at nfds and above is not looked at, and not ready.
    FD_ZERO(&set);
    FD_SET(pair.client, &set);
    FD_SET(pair.server, &set);
    int low = pair.client < pair.server ? pair.client : pair.server, high = pair.client + pair.server - low;
    send(high == pair.server ? pair.client : pair.server, "z", 1, 0);
    vTaskDelay(5);
    limit = (struct timeval){.tv_usec = 50000};
    CHECK_EQUAL("a descriptor of nfds is not looked at", select(high, &set, NULL, NULL, &limit), 0);
    CHECK("and is not in the set afterwards", !FD_ISSET(high, &set) && !FD_ISSET(low, &set));
    recv(high, s_buffer, 1, 0);
}

static void console_without_driver(struct pair pair)
{
    fd_set set;
    FD_ZERO(&set);
    FD_SET(STDIN_FILENO, &set);
    struct timeval limit = {.tv_sec = 5};
    CHECK_EQUAL("select() on the console needs its driver", select(1, &set, NULL, NULL, &limit), -1);
    CHECK_EQUAL("and says EINTR", errno, EINTR);
    CHECK_EQUAL("beside a socket too", wait_readable(STDIN_FILENO, pair.server, 50), -1);
    int closed = socket(AF_INET, SOCK_STREAM, 0);
    close(closed);
    CHECK_EQUAL("a socket that is closed is refused beside another one", wait_readable(closed, pair.server, 50), -1);
    CHECK_EQUAL("with EBADF", errno, EBADF);
}

static void console_and_socket(struct pair pair)
{
    uart_driver_install(UART_NUM_0, 256, 0, 0, NULL, 0);
    esp_vfs_dev_uart_use_driver(0);
    CHECK_EQUAL("select() on the console and a socket ends at its time-out", wait_readable(0, pair.server, 50), 0);
    printf("READY\n");
    CHECK_EQUAL("it sees what is typed", wait_readable(0, pair.server, 20000), 0 + STDIN_FILENO);
    CHECK("which can be read", read(STDIN_FILENO, s_buffer, sizeof(s_buffer)) > 0);
    send(pair.client, "y", 1, 0);
    CHECK_EQUAL("and what arrives", wait_readable(0, pair.server, 5000), pair.server);
    CHECK_EQUAL("and the next call is not disturbed", recv(pair.server, s_buffer, 1, 0), 1);
}

static void connecting(void)
{
    int listener = listen_on(PORT + 1, 1);
    int client = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = here(PORT + 1);
    fcntl(client, F_SETFL, O_NONBLOCK);
    CHECK_EQUAL("a non-blocking connect() returns at once",
                connect(client, (struct sockaddr *)&address, sizeof(address)), -1);
    CHECK_EQUAL("with EINPROGRESS", errno, 119);
    fd_set set;
    FD_ZERO(&set);
    FD_SET(client, &set);
    struct timeval limit = {.tv_sec = 5};
    CHECK_EQUAL("select() tells when it is done", select(client + 1, NULL, &set, NULL, &limit), 1);
    int error = -1;
    socklen_t length = sizeof(error);
    getsockopt(client, SOL_SOCKET, SO_ERROR, &error, &length);
    CHECK_EQUAL("SO_ERROR tells that it went well", error, 0);
    close(client);
    close(listener);
}

static void names(void)
{
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    CHECK_EQUAL("an address needs no look-up", getaddrinfo("10.0.2.2", "80", &hints, &found), 0);
    const struct sockaddr_in *address = (struct sockaddr_in *)found->ai_addr;
    CHECK_TEXT("it is the address", inet_ntoa(address->sin_addr), "10.0.2.2");
    CHECK_EQUAL("with the port in network order", ntohs(address->sin_port), 80);
    char host[16], service[8];
    getnameinfo(found->ai_addr, found->ai_addrlen, host, sizeof(host), service, sizeof(service),
                NI_NUMERICHOST | NI_NUMERICSERV);
    CHECK_TEXT("getnameinfo() writes the address", host, "10.0.2.2");
    CHECK_TEXT("and the port", service, "80");
    freeaddrinfo(found);
    CHECK_EQUAL("a service by name is EAI_SERVICE", getaddrinfo("10.0.2.2", "http", &hints, &found), 201);
    CHECK_EQUAL("no name at all is EAI_NONAME", getaddrinfo(NULL, NULL, &hints, &found), 200);
    CHECK_EQUAL("a name without a server is EAI_FAIL", getaddrinfo("tcpbin.com", NULL, &hints, &found), 202);
    struct in_addr parsed;
    CHECK_EQUAL("inet_pton() reads an address", inet_pton(AF_INET, "192.168.4.1", &parsed), 1);
    CHECK_EQUAL("in network order", parsed.s_addr, htonl(0xc0a80401));
    CHECK_EQUAL("and refuses a blank before it", inet_pton(AF_INET, " 192.168.4.1", &parsed), 0);
    CHECK_EQUAL("htons() swaps", htons(3333), 1293);
}

void app_main(void)
{
    esp_netif_init();
    int listener = listen_on(PORT, 1);
    struct pair pair = connect_pair(listener, PORT);
    waiting(pair);
    limits(pair);
    console_without_driver(pair);
    console_and_socket(pair);
    close(pair.client);
    close(pair.server);
    connecting();
    names();
    printf("DONE\n");
}
