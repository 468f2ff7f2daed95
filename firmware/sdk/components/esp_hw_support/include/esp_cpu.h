// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file The CPU (ESP-IDF's esp_cpu.h). Lines of the CPU's interrupt controller are 1 to 31. */

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "esp_attr.h"
#include "esp_err.h"
#include "esp_intr_alloc.h"
#include "sdkconfig.h"
#include "soc/soc_caps.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Cycles of the CPU clock; wraps after about 27 s. */
typedef uint32_t esp_cpu_cycle_count_t;
typedef enum {
    ESP_CPU_INTR_TYPE_LEVEL = 0,
    ESP_CPU_INTR_TYPE_EDGE,
    ESP_CPU_INTR_TYPE_NA,
} esp_cpu_intr_type_t;
typedef void (*esp_cpu_intr_handler_t)(void *arg);

/** Sleeps until an interrupt is pending. */
void esp_cpu_wait_for_intr(void);
/** Number of this core: 0. */
FORCE_INLINE_ATTR int esp_cpu_get_core_id(void)
{
    return 0;
}
/** Present stack pointer. */
FORCE_INLINE_ATTR void *esp_cpu_get_sp(void)
{
    void *sp;
    __asm__ volatile("mv %0, sp" : "=r"(sp));
    return sp;
}
/** Cycles at CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ, derived from the system timer (resolution: 10 cycles). */
esp_cpu_cycle_count_t esp_cpu_get_cycle_count(void);

void esp_cpu_intr_set_type(int line, esp_cpu_intr_type_t type);
void esp_cpu_intr_set_priority(int line, int priority);
bool esp_cpu_intr_has_handler(int line);
void esp_cpu_intr_set_handler(int line, esp_cpu_intr_handler_t handler, void *arg);
void *esp_cpu_intr_get_handler_arg(int line);
void esp_cpu_intr_enable(uint32_t mask);
void esp_cpu_intr_disable(uint32_t mask);
uint32_t esp_cpu_intr_get_enabled_mask(void);
void esp_cpu_intr_edge_ack(int line);

/** Whether a debugger is attached: never. */
FORCE_INLINE_ATTR bool esp_cpu_dbgr_is_attached(void)
{
    return false;
}
/** Address of the call that returns to @p return_address. */
FORCE_INLINE_ATTR intptr_t esp_cpu_get_call_addr(intptr_t return_address)
{
    return return_address - 4;
}
/** Stores @p new_value at @p addr if it holds @p compare_value; whether it did. */
bool esp_cpu_compare_and_set(volatile uint32_t *addr, uint32_t compare_value, uint32_t new_value);

#ifdef __cplusplus
}
#endif
