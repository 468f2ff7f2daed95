// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file Sizes of Ethernet frames, in bytes (IEEE 802.3). */

#define ETH_ADDR_LEN (6)
#define ETH_HEADER_LEN (14)
#define ETH_VLAN_TAG_LEN (4)
#define ETH_CRC_LEN (4)
#define ETH_MAX_PAYLOAD_LEN (1500)
#define ETH_MIN_PAYLOAD_LEN (46)
#define ETH_MAX_PACKET_SIZE (ETH_HEADER_LEN + ETH_VLAN_TAG_LEN + ETH_MAX_PAYLOAD_LEN + ETH_CRC_LEN)
#define ETH_MIN_PACKET_SIZE (ETH_HEADER_LEN + ETH_MIN_PAYLOAD_LEN + ETH_CRC_LEN)
