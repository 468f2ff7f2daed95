// SPDX-License-Identifier: Apache-2.0

/** @file Addresses as text and numbers. */

#include "loopback.h"

#include <arpa/inet.h>

void topic_addresses(void)
{
    static const char *const texts[] = {"10.0.2.2", "255.255.255.255", "0", "127.1", "0x7f.0.0.1", "010.1.2.3", "1.2.3",
        "256.1.1.1", "1.2.3.4.5", "1.2.3.4 ", " 1.2.3.4", "1.2.3.4x", "abc", "", "1..2", "4294967295", "4294967296"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct in_addr a = {0}, b = {0};
        int aton = inet_aton(texts[i], &a);
        int pton = inet_pton(AF_INET, texts[i], &b);
        printf("\"%s\": inet_addr %08lx, inet_aton %d, inet_pton %d %08lx\n", texts[i],
            (unsigned long)ntohl(inet_addr(texts[i])), aton, pton, (unsigned long)ntohl(b.s_addr));
    }
    char text[50];
    struct in_addr address = {.s_addr = htonl(0xc0000207)};
    SHOW_TEXT(inet_ntoa(address));
    SHOW_TEXT(inet_ntoa_r(address, text, sizeof(text)));
    SHOW_TEXT(inet_ntop(AF_INET, &address, text, sizeof(text)));
    errno = 0;
    SHOW(inet_ntop(AF_INET, &address, text, 5) == NULL);
    SHOW(errno);
    SHOW(inet_ntop(77, &address, text, sizeof(text)) == NULL);
    SHOW(errno);
    CALL(inet_pton(77, "1.2.3.4", &address));
    struct in6_addr six;
    CALL(inet_pton(AF_INET6, "fe80::1:2", &six));
    SHOW_TEXT(inet_ntop(AF_INET6, &six, text, sizeof(text)));
    CALL(inet_pton(AF_INET6, "fe80::1::2", &six));
    CALL(inet_pton(AF_INET6, "::ffff:1.2.3.4", &six));
    SHOW_TEXT(inet_ntop(AF_INET6, &six, text, sizeof(text)));
    SHOW(htons(3333));
    SHOW(ntohs(3333));
    SHOW(htonl(1));
    SHOW(INADDR_ANY);
    SHOW(INADDR_NONE);
    SHOW(INET_ADDRSTRLEN);
    SHOW(INET6_ADDRSTRLEN);
    SHOW(sizeof(struct sockaddr_in));
    SHOW(sizeof(struct sockaddr_storage));
    SHOW(AF_INET);
    SHOW(AF_INET6);
    SHOW(SOCK_STREAM);
    SHOW(SOCK_DGRAM);
}
