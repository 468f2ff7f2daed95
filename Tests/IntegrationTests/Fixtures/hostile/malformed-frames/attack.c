// SPDX-License-Identifier: Apache-2.0
#include "attack.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "esp_netif.h"
#include "esp_netif_net_stack.h"

static uint32_t state = 20260101;

static uint32_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

static uint16_t checksum(const uint8_t *data, int length)
{
    uint32_t sum = 0;

    for (int i = 0; i < length; i += 2) {
        sum += data[i] << 8 | (i + 1 < length ? data[i + 1] : 0);
    }
    while (sum >> 16) {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    return ~sum;
}

static int ethernet(uint8_t *frame, const uint8_t *mac, uint16_t type)
{
    /* The gateway's address as libslirp makes it: 52:55 and its IPv4 address. */
    static const uint8_t gateway[] = {0x52, 0x55, 10, 0, 2, 2};

    memcpy(frame, gateway, 6);
    memcpy(frame + 6, mac, 6);
    frame[12] = type >> 8;
    frame[13] = type;
    return 14;
}

/* An IPv4 datagram with its header's checksum right, so that it gets further than the first look. */
static int ipv4(uint8_t *frame, const uint8_t *mac, uint8_t protocol, uint16_t fragment, int payload)
{
    static const uint8_t hosts[][4] = {{10, 0, 2, 2}, {10, 0, 2, 3}, {10, 0, 2, 255}, {127, 0, 0, 1}, {192, 168, 1, 1}};
    uint8_t *ip = frame + ethernet(frame, mac, 0x0800);
    int length = 20 + payload;

    memset(ip, 0, 20);
    ip[0] = 0x45;
    ip[2] = length >> 8;
    ip[3] = length;
    ip[4] = next_random();
    ip[6] = fragment >> 8;
    ip[7] = fragment;
    ip[8] = 64;
    ip[9] = protocol;
    memcpy(ip + 12, (const uint8_t[]){10, 0, 2, 15}, 4);
    memcpy(ip + 16, hosts[next_random() % (sizeof(hosts) / sizeof(hosts[0]))], 4);
    for (int i = 20; i < length; i++) {
        ip[i] = next_random();
    }
    uint16_t sum = checksum(ip, 20);
    ip[10] = sum >> 8;
    ip[11] = sum;
    return 14 + length;
}

/* Ports that something answers at: DNS, DHCP, TFTP, and any. */
static void set_ports(uint8_t *segment)
{
    static const uint16_t ports[] = {53, 67, 69, 80, 3333, 7};
    uint16_t port = ports[next_random() % (sizeof(ports) / sizeof(ports[0]))];

    segment[2] = port >> 8;
    segment[3] = port;
}

static int make_frame(uint8_t *frame, const uint8_t *mac)
{
    int payload = 8 + next_random() % 600;
    int length;

    switch (next_random() % 8) {
    case 0: /* UDP with a right length and no checksum. */
        length = ipv4(frame, mac, 17, 0, payload);
        set_ports(frame + 34);
        frame[38] = payload >> 8;
        frame[39] = payload;
        frame[40] = frame[41] = 0;
        return length;
    case 1: /* UDP with a random length. */
        length = ipv4(frame, mac, 17, 0, payload);
        set_ports(frame + 34);
        return length;
    case 2: /* TCP with any flags, data offset and options. */
        length = ipv4(frame, mac, 6, 0, payload + 20);
        set_ports(frame + 34);
        return length;
    case 3: /* ICMP. */
        return ipv4(frame, mac, 1, 0, payload);
    case 4: /* A fragment. */
        return ipv4(frame, mac, next_random() % 2 ? 17 : 6, next_random(), payload);
    case 5: /* ARP with any operation and lengths. */
        length = ethernet(frame, mac, 0x0806) + 28;
        for (int i = 14; i < length; i++) {
            frame[i] = next_random();
        }
        memcpy(frame + 14, (const uint8_t[]){0, 1, 8, 0, 6, 4}, 6);
        return length;
    case 6: /* IPv6, VLAN, or whatever the type may be. */
        length = ethernet(frame, mac, next_random() % 2 ? 0x86dd : next_random()) + payload;
        for (int i = 14; i < length; i++) {
            frame[i] = next_random();
        }
        return length;
    default: /* Nothing in it means anything, not even the addresses. */
        for (int i = 0; i < payload; i++) {
            frame[i] = next_random();
        }
        return payload;
    }
}

void send_malformed_frames(int count)
{
    uint8_t *frame = malloc(1514);
    esp_netif_t *interface = esp_netif_next(NULL);
    uint8_t mac[6];

    if (frame == NULL || interface == NULL || esp_netif_get_mac(interface, mac) != ESP_OK) {
        abort();
    }
    for (int i = 0; i < count; i++) {
        int length = make_frame(frame, mac);
        for (int damage = next_random() % 4; damage > 0; damage--) {
            frame[next_random() % length] = next_random();
        }
        if (next_random() % 8 == 0) {
            length = 14 + next_random() % (length - 13);
        }
        esp_netif_transmit(interface, frame, length > 1514 ? 1514 : length);
        if (i % 100 == 99) {
            vTaskDelay(1);
        }
    }
    free(frame);
}
