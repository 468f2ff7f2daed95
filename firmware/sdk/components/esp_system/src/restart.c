// SPDX-License-Identifier: Apache-2.0

/** @file Restart on request, heap sizes. */

#include "esp_heap_caps.h"
#include "esp_idf_version.h"
#include "esp_rom_sys.h"
#include "esp_rom_uart.h"
#include "esp_system.h"
#include "kernel.h"
#include "reset_hint.h"

#define HANDLERS 5

static shutdown_handler_t handlers[HANDLERS];

esp_err_t esp_register_shutdown_handler(shutdown_handler_t handler)
{
    for (int i = 0; i < HANDLERS; i++) {
        if (handlers[i] == handler) {
            return ESP_ERR_INVALID_STATE;
        }
        if (handlers[i] == NULL) {
            handlers[i] = handler;
            return ESP_OK;
        }
    }
    return ESP_ERR_NO_MEM;
}

esp_err_t esp_unregister_shutdown_handler(shutdown_handler_t handler)
{
    for (int i = 0; i < HANDLERS; i++) {
        if (handlers[i] == handler) {
            for (; i < HANDLERS - 1; i++) {
                handlers[i] = handlers[i + 1];
            }
            handlers[HANDLERS - 1] = NULL;
            return ESP_OK;
        }
    }
    return ESP_ERR_INVALID_STATE;
}

void esp_restart(void)
{
    for (int i = HANDLERS - 1; i >= 0; i--) {
        if (handlers[i] != NULL) {
            handlers[i]();
        }
    }
    k_mask();
    esp_rom_uart_tx_wait_idle(0);
    reset_hint_set(ESP_RST_SW);
    esp_rom_software_reset_system();
    for (;;) {
    }
}

uint32_t esp_get_free_heap_size(void)
{
    return heap_caps_get_free_size(MALLOC_CAP_DEFAULT);
}

uint32_t esp_get_free_internal_heap_size(void)
{
    return heap_caps_get_free_size(MALLOC_CAP_8BIT | MALLOC_CAP_DMA | MALLOC_CAP_INTERNAL);
}

uint32_t esp_get_minimum_free_heap_size(void)
{
    return heap_caps_get_minimum_free_size(MALLOC_CAP_DEFAULT);
}

const char *esp_get_idf_version(void)
{
    return IDF_VER;
}
