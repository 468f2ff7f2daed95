// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Interrupt handlers (ESP-IDF's esp_intr_alloc.h). A handler runs with further interrupts off, on the interrupt stack,
 * and may use calls ending in FromISR. Level-triggered sources must be silenced by the handler.
 */

#include <stdbool.h>
#include <stdint.h>

#include "esp_err.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ESP_INTR_FLAG_LEVEL1 (1 << 1)
#define ESP_INTR_FLAG_LEVEL2 (1 << 2)
#define ESP_INTR_FLAG_LEVEL3 (1 << 3)
#define ESP_INTR_FLAG_LEVEL4 (1 << 4)
#define ESP_INTR_FLAG_LEVEL5 (1 << 5)
#define ESP_INTR_FLAG_LEVEL6 (1 << 6)
#define ESP_INTR_FLAG_NMI (1 << 7)
#define ESP_INTR_FLAG_SHARED (1 << 8)
#define ESP_INTR_FLAG_EDGE (1 << 9)
#define ESP_INTR_FLAG_IRAM (1 << 10)
#define ESP_INTR_FLAG_INTRDISABLED (1 << 11)
#define ESP_INTR_FLAG_LOWMED (ESP_INTR_FLAG_LEVEL1 | ESP_INTR_FLAG_LEVEL2 | ESP_INTR_FLAG_LEVEL3)
#define ESP_INTR_FLAG_HIGH (ESP_INTR_FLAG_LEVEL4 | ESP_INTR_FLAG_LEVEL5 | ESP_INTR_FLAG_LEVEL6 | ESP_INTR_FLAG_NMI)
#define ESP_INTR_FLAG_LEVELMASK (ESP_INTR_FLAG_LOWMED | ESP_INTR_FLAG_HIGH)

typedef void (*intr_handler_t)(void *arg);
typedef struct intr_handle_data_t intr_handle_data_t;
typedef intr_handle_data_t *intr_handle_t;

/**
 * Gives @p source (soc/interrupts.h) a CPU line and a handler, and enables it unless ESP_INTR_FLAG_INTRDISABLED.
 * ESP_ERR_INVALID_ARG, ESP_ERR_NO_MEM, ESP_ERR_NOT_FOUND (no free line).
 */
esp_err_t esp_intr_alloc(int source, int flags, intr_handler_t handler, void *arg, intr_handle_t *ret_handle);
/** The handler is called only when (*status_register & mask) is not 0; for sources that share a line. */
esp_err_t esp_intr_alloc_intrstatus(int source, int flags, uint32_t status_register, uint32_t mask,
                                    intr_handler_t handler, void *arg, intr_handle_t *ret_handle);
esp_err_t esp_intr_free(intr_handle_t handle);
esp_err_t esp_intr_enable(intr_handle_t handle);
esp_err_t esp_intr_disable(intr_handle_t handle);
int esp_intr_get_cpu(intr_handle_t handle);
/** CPU line of a handle. */
int esp_intr_get_intno(intr_handle_t handle);

#ifdef __cplusplus
}
#endif
