// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file What the chip has, as far as programs and this SDK ask (ESP-IDF's soc_caps.h for the ESP32-C3). */

#define SOC_CPU_CORES_NUM (1U)
#define SOC_CPU_INTR_NUM 32
#define SOC_CPU_HAS_FLEXIBLE_INTC 1
#define SOC_CPU_BREAKPOINTS_NUM 8
#define SOC_CPU_WATCHPOINTS_NUM 8
#define SOC_WIFI_SUPPORTED 1
#define SOC_UART_SUPPORTED 1
#define SOC_UART_NUM (2)
#define SOC_UART_FIFO_LEN (128)
#define SOC_UART_BITRATE_MAX (5000000)
#define SOC_UART_SUPPORT_WAKEUP_INT (1)
#define SOC_GPIO_PORT (1U)
#define SOC_GPIO_PIN_COUNT (22)
#define SOC_GPIO_VALID_GPIO_MASK ((1U << SOC_GPIO_PIN_COUNT) - 1)
#define SOC_GPIO_VALID_OUTPUT_GPIO_MASK SOC_GPIO_VALID_GPIO_MASK
#define SOC_SYSTIMER_COUNTER_NUM (2)
#define SOC_SYSTIMER_ALARM_NUM (3)
#define SOC_TIMER_GROUPS (2)
