// SPDX-License-Identifier: Apache-2.0

/**
 * @file Frames between lwIP and a driver. Received frames are not copied: the stack holds the driver's buffer and frees
 * it.
 */

#include <stdlib.h>
#include <string.h>

#include "lwip/ethip6.h"
#include "lwip/etharp.h"
#include "lwip/pbuf.h"
#include "netif_object.h"

/** A received frame inside the stack. */
struct received {
    struct pbuf_custom pbuf; ///< first: lwIP frees a packet by this address
    esp_netif_t *esp_netif;
    void *buffer;
};

static void free_received(struct pbuf *pbuf)
{
    struct received *received = (struct received *)pbuf;
    esp_netif_free_rx_buffer(received->esp_netif, received->buffer);
    free(received);
}

void esp_netif_free_rx_buffer(void *esp_netif, void *buffer)
{
    esp_netif_t *netif = esp_netif;
    netif->driver.driver_free_rx_buffer(netif->driver.handle, buffer);
}

esp_err_t esp_netif_receive(esp_netif_t *esp_netif, void *buffer, size_t len, void *eb)
{
    LWIP_UNUSED_ARG(eb);
    if (!netif_is_up(&esp_netif->lwip)) {
        esp_netif_free_rx_buffer(esp_netif, buffer);
        return ESP_OK;
    }
    struct received *received = malloc(sizeof(*received));
    if (received == NULL) {
        esp_netif_free_rx_buffer(esp_netif, buffer);
        return ESP_ERR_NO_MEM;
    }
    received->pbuf.custom_free_function = free_received;
    received->esp_netif = esp_netif;
    received->buffer = buffer;
    struct pbuf *pbuf = pbuf_alloced_custom(PBUF_RAW, (u16_t)len, PBUF_REF, &received->pbuf, buffer, (u16_t)len);
    if (esp_netif->lwip.input(pbuf, &esp_netif->lwip) != ERR_OK) {
        pbuf_free(pbuf);
    }
    return ESP_OK;
}

esp_err_t esp_netif_transmit(esp_netif_t *esp_netif, void *data, size_t len)
{
    return esp_netif->driver.transmit(esp_netif->driver.handle, data, len);
}

static err_t send_frame(struct netif *netif, struct pbuf *frame)
{
    esp_netif_t *esp_netif = netif->state;
    struct pbuf *whole = frame;
    if (frame->next != NULL) {
        whole = pbuf_clone(PBUF_RAW_TX, PBUF_RAM, frame);
        if (whole == NULL) {
            return ERR_MEM;
        }
    }
    esp_err_t result = esp_netif_transmit(esp_netif, whole->payload, whole->len);
    if (whole != frame) {
        pbuf_free(whole);
    }
    if (result == ESP_OK) {
        return ERR_OK;
    }
    return result == ESP_ERR_NO_MEM ? ERR_MEM : ERR_IF;
}

err_t esp_netif_ethernet_init(struct netif *netif)
{
    esp_netif_t *esp_netif = netif->state;
    netif->hostname = esp_netif->hostname;
    netif->name[0] = esp_netif->stack == _g_esp_netif_netstack_default_wifi_sta ? 's' : 'e';
    netif->name[1] = esp_netif->stack == _g_esp_netif_netstack_default_wifi_sta ? 't' : 'n';
    netif->output = etharp_output;
    netif->output_ip6 = ethip6_output;
    netif->linkoutput = send_frame;
    netif->mtu = 1500;
    netif->hwaddr_len = ETH_HWADDR_LEN;
    memcpy(netif->hwaddr, esp_netif->mac, ETH_HWADDR_LEN);
    netif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_IGMP | NETIF_FLAG_MLD6;
    return ERR_OK;
}

void esp_netif_netstack_buf_ref(void *netstack_buf)
{
    pbuf_ref(netstack_buf);
}

void esp_netif_netstack_buf_free(void *netstack_buf)
{
    pbuf_free(netstack_buf);
}
