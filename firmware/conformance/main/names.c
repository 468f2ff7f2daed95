// SPDX-License-Identifier: Apache-2.0

/** @file Looking up names, with a name server of our own within the device. */

#include "loopback.h"

#include <arpa/inet.h>

#include "lwip/dns.h"

static int s_queries;

/**
 * Answers each query by what the name begins with: "good" has 192.0.2.7, "two" has another address as well, "broken"
 * makes the server fail, "silent" gets no answer, others do not exist.
 */
static void serve(void *unused)
{
    (void)unused;
    static uint8_t packet[300];
    int s = socket(AF_INET, SOCK_DGRAM, 0);
    bind_to(s, 53);
    for (;;) {
        struct sockaddr_in from;
        socklen_t length = sizeof(from);
        int size = recvfrom(s, packet, sizeof(packet) - 40, 0, (struct sockaddr *)&from, &length);
        const char *name = (char *)packet + 13;
        s_queries++;
        if (size < 17 || strncmp(name, "silent", 6) == 0) {
            continue;
        }
        int answers = strncmp(name, "good", 4) == 0 ? 1 : strncmp(name, "two", 3) == 0 ? 2 : 0;
        packet[2] |= 0x80;
        packet[3] = strncmp(name, "broken", 6) == 0 ? 0x82 : answers ? 0x80 : 0x83;
        packet[7] = answers;
        for (int i = 0; i < answers; i++) {
            const uint8_t record[] = {0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 7 + i};
            memcpy(packet + size, record, sizeof(record));
            size += sizeof(record);
        }
        sendto(s, packet, size, 0, (struct sockaddr *)&from, length);
    }
}

static void look_up(const char *host, const char *service, const struct addrinfo *hints)
{
    struct addrinfo *list = (void *)1;
    s_queries = 0;
    int64_t begin = esp_timer_get_time();
    int result = getaddrinfo(host, service, hints, &list);
    int seconds = (esp_timer_get_time() - begin + 500000) / 1000000;
    printf("getaddrinfo(%s, %s): %d, %d queries, %d s", host ? host : "NULL", service ? service : "NULL", result, s_queries,
        seconds);
    if (result == 0) {
        for (struct addrinfo *info = list; info != NULL; info = info->ai_next) {
            char text[50] = "";
            struct sockaddr_in *address = (struct sockaddr_in *)info->ai_addr;
            inet_ntop(info->ai_family, &address->sin_addr, text, sizeof(text));
            printf(" [%d %d %d %s:%d %d %s]", info->ai_family, info->ai_socktype, info->ai_protocol, text,
                ntohs(address->sin_port), (int)info->ai_addrlen, info->ai_canonname ? info->ai_canonname : "none");
        }
        freeaddrinfo(list);
    }
    printf("\n");
}

void topic_names(void)
{
    TaskHandle_t server;
    xTaskCreate(serve, "names", 3072, NULL, 6, &server);
    ip_addr_t address = IPADDR4_INIT_BYTES(127, 0, 0, 1);
    dns_setserver(0, &address);
    struct addrinfo stream = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
    struct addrinfo any = {0};
    look_up("good.example", "80", &stream);
    look_up("good.example", "80", &stream);
    look_up("two.example", "3333", &stream);
    look_up("good.example", NULL, NULL);
    look_up("good.example", "80", &any);
    look_up("missing.example", "80", &stream);
    look_up("missing.example", "80", &stream);
    look_up("broken.example", "80", &stream);
    look_up("silent.example", "80", &stream);
    look_up("10.0.2.2", "5000", &stream);
    look_up("good.example", "http", &stream);
    look_up("good.example", "-1", &stream);
    look_up("good.example", "70000", &stream);
    look_up("good.example", "80x", &stream);
    look_up("good.example", "", &stream);
    look_up(NULL, "80", &stream);
    look_up(NULL, NULL, &stream);
    look_up("", "80", &stream);
    look_up("localhost", "80", &stream);
    look_up("LOCALHOST", "80", &stream);
    look_up("fe80::1", "80", &any);
    look_up("a name with spaces", "80", &stream);
    look_up("256.1.1.1", "80", &stream);
    stream.ai_flags = AI_PASSIVE;
    look_up(NULL, "80", &stream);
    stream.ai_flags = AI_NUMERICHOST;
    look_up("good.example", "80", &stream);
    stream.ai_flags = AI_CANONNAME;
    look_up("good.example", "80", &stream);
    struct addrinfo odd = {.ai_family = 77};
    look_up("good.example", "80", &odd);
    odd = (struct addrinfo){.ai_family = AF_INET, .ai_socktype = SOCK_DGRAM, .ai_protocol = IPPROTO_UDP};
    look_up("good.example", "53", &odd);
    struct addrinfo six = {.ai_family = AF_INET6};
    look_up("good6.example", "80", &six);

    struct hostent *host = gethostbyname("good.example");
    SHOW(host != NULL);
    if (host != NULL) {
        SHOW_TEXT(host->h_name);
        SHOW(host->h_addrtype);
        SHOW(host->h_length);
        SHOW_TEXT(inet_ntoa(*(struct in_addr *)host->h_addr_list[0]));
        SHOW(host->h_addr_list[1] == NULL);
    }
    SHOW(gethostbyname("missing.example") == NULL);
    SHOW(h_errno);
    SHOW_TEXT(inet_ntoa(*(struct in_addr *)gethostbyname("10.1.2.3")->h_addr_list[0]));
    SHOW(EAI_NONAME);
    SHOW(EAI_SERVICE);
    SHOW(EAI_FAIL);
    SHOW(EAI_MEMORY);
    SHOW(EAI_FAMILY);
    vTaskDelete(server);
}
