// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * The board's network hardware, an OpenCores Ethernet MAC with a DP83848 PHY as QEMU emulates them (registers:
 * OpenCores "Ethernet IP Core Specification", revision 1.19). One user at a time: esp_eth or esp_wifi.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "esp_err.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Takes a received frame without its check sum; `buffer` is the receiver's to free(). Called in the receiving task. */
typedef void (*openeth_receive_t)(void *context, uint8_t *buffer, size_t length);

/**
 * Resets the hardware and starts the receiving task.
 * @return ESP_ERR_INVALID_STATE when it has a user, ESP_ERR_NOT_FOUND when the board has none, ESP_ERR_NO_MEM
 */
esp_err_t openeth_open(uint32_t task_stack_size, uint32_t task_priority);
/** Stops the hardware and the task. */
void openeth_close(void);
/** Sets who takes received frames; NULL: they are dropped. */
void openeth_set_receiver(openeth_receive_t receive, void *context);
/** Sends and receives frames, or stops doing so. */
void openeth_enable(bool enable);
/** Takes every frame, or only those for this address, for groups and for all. */
void openeth_set_promiscuous(bool enable);
/** Sets the address whose frames are received. */
void openeth_set_mac(const uint8_t mac[6]);
/** Sends a frame of `length` bytes, without check sum. ESP_ERR_INVALID_SIZE for more than a frame holds. */
esp_err_t openeth_transmit(const void *frame, size_t length);

/** Reads a register of the PHY (IEEE 802.3, clause 22). */
uint32_t openeth_read_phy(uint32_t phy, uint32_t reg);
/** Writes a register of the PHY. */
void openeth_write_phy(uint32_t phy, uint32_t reg, uint32_t value);
/** True while the cable is plugged in. */
bool openeth_has_link(void);

#ifdef __cplusplus
}
#endif
