// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file The UART registers the SDK uses (ESP32-C3 technical reference, "UART Controller"). */

#include "soc/soc.h"

#define REG_UART_BASE(i) (DR_REG_UART_BASE + (i) * 0x10000)
#define UART_FIFO_REG(i) (REG_UART_BASE(i) + 0x0)
#define UART_INT_RAW_REG(i) (REG_UART_BASE(i) + 0x4)
#define UART_INT_ST_REG(i) (REG_UART_BASE(i) + 0x8)
#define UART_INT_ENA_REG(i) (REG_UART_BASE(i) + 0xC)
#define UART_INT_CLR_REG(i) (REG_UART_BASE(i) + 0x10)
#define UART_RXFIFO_FULL_INT BIT(0)
#define UART_TXFIFO_EMPTY_INT BIT(1)
#define UART_RXFIFO_OVF_INT BIT(4)
#define UART_RXFIFO_TOUT_INT BIT(8)
#define UART_STATUS_REG(i) (REG_UART_BASE(i) + 0x1C)
#define UART_RXFIFO_CNT 0x3ff
#define UART_TXFIFO_CNT_S 16
#define UART_TXFIFO_CNT 0x3ff
#define UART_CONF0_REG(i) (REG_UART_BASE(i) + 0x20)
#define UART_RXFIFO_RST BIT(17)
#define UART_CONF1_REG(i) (REG_UART_BASE(i) + 0x24)
#define UART_RX_TOUT_EN BIT(21)
#define UART_TXFIFO_EMPTY_THRHD_S 9
#define UART_RXFIFO_FULL_THRHD_S 0
#define UART_MEM_CONF_REG(i) (REG_UART_BASE(i) + 0x60)
#define UART_RX_TOUT_THRHD_S 16
