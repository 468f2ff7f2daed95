// SPDX-License-Identifier: Apache-2.0

/** @file Driver of the OpenCores Ethernet MAC: see "openeth.h". */

#include "openeth.h"

#include <stdlib.h>
#include <string.h>

#include "esp_eth_spec.h"
#include "esp_intr_alloc.h"
#include "esp_log.h"
#include "esp_memory_utils.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "sdkconfig.h"
#include "soc/interrupts.h"

// Where the emulators have the MAC, and the interrupt that it raises (ESP-IDF's esp_openeth.h): an ESP32 has an Ethernet
// MAC in that place; the other chips have none, and lend the address of nothing and the interrupt of their Wi-Fi MAC,
// which is not emulated.
#if CONFIG_IDF_TARGET_ESP32
#define BASE 0x3ff69000u
#define INTERRUPT_SOURCE ETS_ETH_MAC_INTR_SOURCE
#else
#define BASE 0x600cd000u
#define INTERRUPT_SOURCE ETS_WIFI_MAC_INTR_SOURCE
#endif

#define REGISTER(offset) (*(volatile uint32_t *)(BASE + (offset)))
#define MODER REGISTER(0x00)
#define INT_SOURCE REGISTER(0x04)
#define INT_MASK REGISTER(0x08)
#define TX_BD_NUM REGISTER(0x20)
#define MIICOMMAND REGISTER(0x2c)
#define MIIADDRESS REGISTER(0x30)
#define MIITX_DATA REGISTER(0x34)
#define MIIRX_DATA REGISTER(0x38)
#define MAC_ADDR0 REGISTER(0x40)
#define MAC_ADDR1 REGISTER(0x44)

#define MODER_AT_RESET 0x0000a000u
#define MODER_RXEN (1u << 0)
#define MODER_TXEN (1u << 1)
#define MODER_PRO (1u << 5)
#define MODER_RST (1u << 11)
#define INT_RXB (1u << 2)
#define INT_BUSY (1u << 4)
#define MIICOMMAND_RSTAT (1u << 1)
#define MIICOMMAND_WCTRLDATA (1u << 2)

/** A buffer descriptor: length in the upper half of the first word, flags in the lower. */
struct descriptor {
    volatile uint32_t flags;
    volatile uint32_t buffer;
};
#define DESCRIPTOR(index) (((struct descriptor *)(BASE + 0x400)) + (index))
#define LENGTH(flags) ((flags) >> 16)
#define TX_READY (1u << 15)
#define TX_WRAP (1u << 13)
#define RX_EMPTY (1u << 15)
#define RX_INTERRUPT (1u << 14)
#define RX_WRAP (1u << 13)
#define RX_DAMAGED (1u << 1 | 1u << 3 | 1u << 6) ///< check sum, too long, overrun

// ESP-IDF has these options only when its own driver is chosen.
#ifdef CONFIG_ETH_OPENETH_DMA_RX_BUFFER_NUM
#define TX_COUNT CONFIG_ETH_OPENETH_DMA_TX_BUFFER_NUM
#define RX_COUNT CONFIG_ETH_OPENETH_DMA_RX_BUFFER_NUM
#else
#define TX_COUNT 1
#define RX_COUNT 16
#endif
#define BUFFER_SIZE 1600

#define PHY_ADDRESS 1
#define PHY_BMSR 1
#define PHY_BMSR_LINK (1u << 2)

/**
 * After how many ticks without an interrupt the receiving task looks for frames all the same. Under a kernel that does
 * not offer interrupts again which an emulator has lost, a lost one would leave the device deaf.
 */
#ifndef OPENETH_POLL_TICKS
#define OPENETH_POLL_TICKS portMAX_DELAY
#endif

static const char *TAG = "opencores.emac";

static struct {
    bool is_open;
    intr_handle_t interrupt;
    TaskHandle_t task;
    uint8_t *memory; ///< RX_COUNT receive buffers, then one to send from
    unsigned next_rx;
    openeth_receive_t receive;
    void *context;
} s_mac;

static uint8_t *rx_buffer(unsigned index)
{
    return s_mac.memory + index * BUFFER_SIZE;
}

static void handle_interrupt(void *argument)
{
    (void)argument;
    uint32_t source = INT_SOURCE;
    INT_SOURCE = source;
    BaseType_t woken = pdFALSE;
    if (source & (INT_RXB | INT_BUSY)) {
        vTaskNotifyGiveFromISR(s_mac.task, &woken);
    }
    portYIELD_FROM_ISR(woken);
}

/** Hands the next received frame on. False when there is none. */
static bool take_frame(void)
{
    struct descriptor *descriptor = DESCRIPTOR(TX_COUNT + s_mac.next_rx);
    uint32_t flags = descriptor->flags;
    if (flags & RX_EMPTY) {
        return false;
    }
    size_t length = LENGTH(flags);
    if ((flags & RX_DAMAGED) == 0 && length > ETH_HEADER_LEN + ETH_CRC_LEN && s_mac.receive != NULL) {
        length -= ETH_CRC_LEN;
        uint8_t *copy = malloc(length);
        if (copy != NULL) {
            memcpy(copy, rx_buffer(s_mac.next_rx), length);
            s_mac.receive(s_mac.context, copy, length);
        } else {
            ESP_LOGE(TAG, "no mem for receive buffer");
        }
    }
    bool is_last = s_mac.next_rx == RX_COUNT - 1;
    descriptor->flags = RX_EMPTY | RX_INTERRUPT | (is_last ? RX_WRAP : 0);
    s_mac.next_rx = is_last ? 0 : s_mac.next_rx + 1;
    return true;
}

static void receive_task(void *argument)
{
    (void)argument;
    for (;;) {
        if (ulTaskNotifyTake(pdTRUE, OPENETH_POLL_TICKS) == 0) {
            INT_SOURCE = INT_SOURCE; // a lost interrupt's line falls, and can rise again
        }
        while (take_frame()) {
        }
    }
}

esp_err_t openeth_open(uint32_t task_stack_size, uint32_t task_priority)
{
    if (s_mac.is_open) {
        return ESP_ERR_INVALID_STATE;
    }
    MODER = MODER_RST;
    MODER = MODER_AT_RESET;
    if (MODER != MODER_AT_RESET) {
        ESP_LOGE(TAG, "this board has no OpenCores MAC: it is in the emulators only");
        return ESP_ERR_NOT_FOUND;
    }
    INT_MASK = 0;
    TX_BD_NUM = TX_COUNT;
    s_mac.memory = malloc((RX_COUNT + 1) * BUFFER_SIZE);
    if (s_mac.memory == NULL ||
        xTaskCreate(receive_task, "emac_rx", task_stack_size, NULL, task_priority, &s_mac.task) != pdPASS) {
        free(s_mac.memory);
        return ESP_ERR_NO_MEM;
    }
    esp_err_t result = esp_intr_alloc(INTERRUPT_SOURCE, 0, handle_interrupt, NULL, &s_mac.interrupt);
    if (result != ESP_OK) {
        vTaskDelete(s_mac.task);
        free(s_mac.memory);
        return result;
    }
    s_mac.is_open = true;
    return ESP_OK;
}

void openeth_close(void)
{
    if (!s_mac.is_open) {
        return;
    }
    openeth_enable(false);
    esp_intr_free(s_mac.interrupt);
    vTaskDelete(s_mac.task);
    free(s_mac.memory);
    s_mac.receive = NULL;
    s_mac.is_open = false;
}

void openeth_set_receiver(openeth_receive_t receive, void *context)
{
    s_mac.receive = NULL;
    s_mac.context = context;
    s_mac.receive = receive;
}

void openeth_enable(bool enable)
{
    if (!enable) {
        INT_MASK = 0;
        MODER &= ~(MODER_RXEN | MODER_TXEN);
        return;
    }
    // Setting RXEN makes the hardware begin with the first receive descriptor again.
    for (unsigned i = 0; i < RX_COUNT; i++) {
        DESCRIPTOR(TX_COUNT + i)->buffer = (uint32_t)rx_buffer(i);
        DESCRIPTOR(TX_COUNT + i)->flags = RX_EMPTY | RX_INTERRUPT | (i == RX_COUNT - 1 ? RX_WRAP : 0);
    }
    s_mac.next_rx = 0;
    INT_SOURCE = INT_SOURCE;
    INT_MASK = INT_RXB;
    MODER |= MODER_RXEN | MODER_TXEN;
}

void openeth_set_promiscuous(bool enable)
{
    MODER = enable ? MODER | MODER_PRO : MODER & ~MODER_PRO;
}

void openeth_set_mac(const uint8_t mac[6])
{
    MAC_ADDR0 = (uint32_t)mac[2] << 24 | (uint32_t)mac[3] << 16 | (uint32_t)mac[4] << 8 | mac[5];
    MAC_ADDR1 = (uint32_t)mac[0] << 8 | mac[1];
}

esp_err_t openeth_transmit(const void *frame, size_t length)
{
    if (length > ETH_MAX_PACKET_SIZE - ETH_CRC_LEN) {
        return ESP_ERR_INVALID_SIZE;
    }
    if (!esp_ptr_in_dram(frame)) {
        uint8_t *copy = s_mac.memory + RX_COUNT * BUFFER_SIZE; // the hardware reads RAM; the frame is in flash
        memcpy(copy, frame, length);
        frame = copy;
    }
    // The emulated hardware sends the frame while the ready flag is being written: the buffer is free again at once.
    struct descriptor *descriptor = DESCRIPTOR(0);
    descriptor->buffer = (uint32_t)frame;
    descriptor->flags = (uint32_t)length << 16 | TX_READY | TX_WRAP;
    return ESP_OK;
}

uint32_t openeth_read_phy(uint32_t phy, uint32_t reg)
{
    MIIADDRESS = reg << 8 | phy;
    MIICOMMAND = MIICOMMAND_RSTAT;
    return MIIRX_DATA & 0xffff;
}

void openeth_write_phy(uint32_t phy, uint32_t reg, uint32_t value)
{
    MIIADDRESS = reg << 8 | phy;
    MIITX_DATA = value & 0xffff;
    MIICOMMAND = MIICOMMAND_WCTRLDATA;
}

bool openeth_has_link(void)
{
    return (openeth_read_phy(PHY_ADDRESS, PHY_BMSR) & PHY_BMSR_LINK) != 0;
}
