// SPDX-License-Identifier: Apache-2.0

/** @file Lines for interrupt sources (esp_intr_alloc.h). Shared sources are called one after another. */

#include <stdlib.h>

#include "esp_cpu.h"
#include "interrupts.h"
#include "kernel.h"
#include "soc/interrupt_core0_reg.h"
#include "soc/interrupts.h"

struct intr_handle_data_t {
    struct intr_handle_data_t *next; /**< on the same line */
    intr_handler_t handler;
    void *arg;
    int source, line, flags;
    uint32_t status_register, status_mask;
    bool enabled;
};

/** Line 0 means "not connected"; the watchdog has its own; the last two are left to the real chip's fault reports. */
#define FIRST_LINE 1
#define LAST_LINE 31
static struct intr_handle_data_t *chains[LAST_LINE + 1];
static uint32_t taken = BIT(0) | BIT(INTERRUPT_LINE_WATCHDOG) | BIT(25) | BIT(26);

static void call_chain(void *arg)
{
    for (struct intr_handle_data_t *entry = chains[(int)arg]; entry != NULL; entry = entry->next) {
        if (entry->enabled &&
            (entry->status_register == 0 || (REG_READ(entry->status_register) & entry->status_mask) != 0)) {
            entry->handler(entry->arg);
        }
    }
}

/** A line for a new handler: a shared one of the same source or level, or a free one; -1 if there is none. */
static int find_line(int source, int flags)
{
    if (flags & ESP_INTR_FLAG_SHARED) {
        for (int line = FIRST_LINE; line <= LAST_LINE; line++) {
            if (chains[line] != NULL && (chains[line]->flags & ESP_INTR_FLAG_SHARED) &&
                chains[line]->source == source) {
                return line;
            }
        }
    }
    for (int line = FIRST_LINE; line <= LAST_LINE; line++) {
        if (!(taken & BIT(line))) {
            return line;
        }
    }
    return -1;
}

esp_err_t esp_intr_alloc_intrstatus(int source, int flags, uint32_t status_register, uint32_t mask,
                                    intr_handler_t handler, void *arg, intr_handle_t *ret_handle)
{
    if (source < 0 || source >= ETS_MAX_INTR_SOURCE || handler == NULL ||
        ((flags & ESP_INTR_FLAG_SHARED) && (flags & ESP_INTR_FLAG_EDGE))) {
        return ESP_ERR_INVALID_ARG;
    }
    struct intr_handle_data_t *entry = calloc(1, sizeof(*entry));
    if (entry == NULL) {
        return ESP_ERR_NO_MEM;
    }
    uint32_t state = k_mask();
    int line = find_line(source, flags);
    if (line < 0) {
        k_unmask(state);
        free(entry);
        return ESP_ERR_NOT_FOUND;
    }
    bool first = chains[line] == NULL;
    *entry = (struct intr_handle_data_t){
        .next = chains[line], .handler = handler, .arg = arg, .source = source, .line = line, .flags = flags,
        .status_register = status_register, .status_mask = mask,
        .enabled = !(flags & ESP_INTR_FLAG_INTRDISABLED)};
    taken |= BIT(line);
    // A program's interrupts stay below the level its critical sections mask.
    int level = __builtin_ffs((flags & ESP_INTR_FLAG_LOWMED) >> 1);
    if (level == 0) {
        level = 1;
    }
    chains[line] = entry;
    if (ret_handle != NULL) {
        *ret_handle = entry;
    }
    if (first) {
        esp_cpu_intr_set_handler(line, call_chain, (void *)line);
        esp_cpu_intr_set_type(line, flags & ESP_INTR_FLAG_EDGE ? ESP_CPU_INTR_TYPE_EDGE : ESP_CPU_INTR_TYPE_LEVEL);
        esp_cpu_intr_set_priority(line, level);
        esp_rom_route_intr_matrix(0, source, line);
    }
    if (entry->enabled) {
        esp_cpu_intr_enable(BIT(line));
    }
    k_unmask(state);
    return ESP_OK;
}

esp_err_t esp_intr_alloc(int source, int flags, intr_handler_t handler, void *arg, intr_handle_t *ret_handle)
{
    return esp_intr_alloc_intrstatus(source, flags, 0, 0, handler, arg, ret_handle);
}

esp_err_t esp_intr_free(intr_handle_t handle)
{
    if (handle == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    uint32_t state = k_mask();
    for (struct intr_handle_data_t **link = &chains[handle->line]; *link != NULL; link = &(*link)->next) {
        if (*link == handle) {
            *link = handle->next;
            break;
        }
    }
    if (chains[handle->line] == NULL) {
        esp_cpu_intr_disable(BIT(handle->line));
        REG_WRITE(INTERRUPT_CORE0_MAP_REG(handle->source), 0);
        taken &= ~BIT(handle->line);
    }
    k_unmask(state);
    free(handle);
    return ESP_OK;
}

esp_err_t esp_intr_enable(intr_handle_t handle)
{
    if (handle == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    handle->enabled = true;
    esp_cpu_intr_enable(BIT(handle->line));
    return ESP_OK;
}

esp_err_t esp_intr_disable(intr_handle_t handle)
{
    if (handle == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    handle->enabled = false;
    for (struct intr_handle_data_t *entry = chains[handle->line]; entry != NULL; entry = entry->next) {
        if (entry->enabled) {
            return ESP_OK;
        }
    }
    esp_cpu_intr_disable(BIT(handle->line));
    return ESP_OK;
}

int esp_intr_get_cpu(intr_handle_t handle)
{
    (void)handle;
    return 0;
}

int esp_intr_get_intno(intr_handle_t handle)
{
    return handle->line;
}
