// SPDX-License-Identifier: Apache-2.0

/** @file UDP. */

#include "loopback.h"

void topic_datagrams(void)
{
    int a = socket(AF_INET, SOCK_DGRAM, 0), b = socket(AF_INET, SOCK_DGRAM, 0);
    char text[20] = "";
    struct sockaddr_in to = here(5001), from = {0};
    socklen_t length = sizeof(from);
    CALL(bind_to(a, 5001));
    CALL(bind_to(b, 5001));
    CALL(bind_to(b, 5002));
    CALL(sendto(b, "hello", 5, 0, (struct sockaddr *)&to, sizeof(to)));
    CALL(recvfrom(a, text, sizeof(text), 0, (struct sockaddr *)&from, &length));
    SHOW_TEXT(text);
    SHOW(ntohs(from.sin_port));
    SHOW(length);
    CALL(sendto(b, "longer than the room", 20, 0, (struct sockaddr *)&to, sizeof(to)));
    CALL(recv(a, text, 6, 0));
    CALL(recv(a, text, 6, MSG_DONTWAIT));
    CALL(connect_to(b, 5001));
    CALL(send(b, "", 0, 0));
    CALL(recv(a, text, 6, MSG_DONTWAIT));
    CALL(send(b, "abc", 3, 0));
    CALL(recv(a, text, 2, MSG_PEEK));
    CALL(recv(a, text, 2, MSG_TRUNC));
    CALL(sendto(b, "x", 1, 0, NULL, 0));
    for (int i = 0; i < 10; i++) {
        send(b, "n", 1, 0);
    }
    vTaskDelay(2);
    int count = 0;
    while (recv(a, text, 1, MSG_DONTWAIT) == 1) {
        count++;
    }
    SHOW(count);
    static char large[3000];
    CALL(send(b, large, sizeof(large), 0));
    vTaskDelay(1);
    CALL(recv(a, large, sizeof(large), MSG_DONTWAIT));
    CALL(listen(a, 1));
    CALL(accept(a, NULL, NULL));
    CALL(close(a));
    CALL(send(b, "nobody", 6, 0));
    CALL(recv(b, text, 1, MSG_DONTWAIT));
    CALL(close(b));
}
