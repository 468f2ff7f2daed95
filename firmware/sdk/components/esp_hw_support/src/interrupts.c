// SPDX-License-Identifier: Apache-2.0

/** @file The interrupt controller and the way from a trap to a handler. */

#include "interrupts.h"

#include <assert.h>

#include "esp_attr.h"
#include "esp_cpu.h"
#include "esp_rom_sys.h"
#include "kernel.h"
#include "soc/interrupt_core0_reg.h"

static struct {
    intr_handler_t handler;
    void *arg;
} lines[SOC_CPU_INTR_NUM];

/** Handlers called so far: tells whether one came in between. */
static volatile uint32_t calls;

RvExcFrame *interrupt_frame;
static bool may_get_lost;

void interrupt_init(void)
{
    REG_WRITE(INTERRUPT_CORE0_CPU_INT_ENABLE_REG, 0);
    REG_WRITE(INTERRUPT_CORE0_CPU_INT_THRESH_REG, 1);
    // The machine that loses interrupts is known by a register it does not keep.
    REG_WRITE(INTERRUPT_CORE0_CPU_INT_TYPE_REG, BIT(31));
    may_get_lost = REG_READ(INTERRUPT_CORE0_CPU_INT_TYPE_REG) == 0;
    REG_WRITE(INTERRUPT_CORE0_CPU_INT_TYPE_REG, 0);
}

bool interrupt_may_get_lost(void)
{
    return may_get_lost;
}

void interrupt_refresh(void)
{
    if (may_get_lost) {
        // Enabling a line looks at its level anew.
        uint32_t enabled = REG_READ(INTERRUPT_CORE0_CPU_INT_ENABLE_REG);
        REG_WRITE(INTERRUPT_CORE0_CPU_INT_ENABLE_REG, 0);
        REG_WRITE(INTERRUPT_CORE0_CPU_INT_ENABLE_REG, enabled);
    }
}

void interrupt_set_threshold(uint32_t threshold)
{
    REG_WRITE(INTERRUPT_CORE0_CPU_INT_THRESH_REG, threshold);
}

void interrupt_attach(int source, int line, int priority, intr_handler_t handler, void *arg)
{
    esp_cpu_intr_set_handler(line, handler, arg);
    esp_cpu_intr_set_type(line, ESP_CPU_INTR_TYPE_LEVEL);
    esp_cpu_intr_set_priority(line, priority);
    esp_rom_route_intr_matrix(0, source, line);
    esp_cpu_intr_enable(BIT(line));
}

/** Called by the trap entry on the interrupt stack. Returns whether the interrupted task is to switch. */
IRAM_ATTR uint32_t k_interrupt(RvExcFrame *frame)
{
    bool outermost = k_interrupt_nesting == 0;
    RvExcFrame *outer = interrupt_frame;
    interrupt_frame = frame;
    k_interrupt_nesting++;
    calls++;
    if (outermost) {
        if (frame->mepc >= (uint32_t)k_wait_begin && frame->mepc < (uint32_t)k_wait_end) {
            frame->mepc = (uint32_t)k_wait_end;
        }
        if (k_sleeping) {
            k_tick_resume();
        }
    }
    uint32_t line = frame->mcause & 31;
    if (lines[line].handler != NULL) {
        lines[line].handler(lines[line].arg);
    } else {
        esp_cpu_intr_disable(BIT(line));
    }
    if (outermost) {
        // Espressif's machine offers what came in meanwhile only when software switches interrupts on, not at mret.
        uint32_t seen;
        do {
            seen = calls;
            k_unmask(8);
            k_mask();
        } while (calls != seen);
    }
    interrupt_frame = outer;
    k_interrupt_nesting--;
    return outermost && k_switch_due && k_current != NULL;
}

void esp_rom_route_intr_matrix(int cpu_core, uint32_t source, uint32_t line)
{
    (void)cpu_core;
    REG_WRITE(INTERRUPT_CORE0_MAP_REG(source), line);
}

void esp_cpu_intr_set_type(int line, esp_cpu_intr_type_t type)
{
    assert(line >= 0 && line < SOC_CPU_INTR_NUM);
    if (type == ESP_CPU_INTR_TYPE_EDGE) {
        REG_SET_BIT(INTERRUPT_CORE0_CPU_INT_TYPE_REG, BIT(line));
    } else {
        REG_CLR_BIT(INTERRUPT_CORE0_CPU_INT_TYPE_REG, BIT(line));
    }
}

void esp_cpu_intr_set_priority(int line, int priority)
{
    assert(line >= 0 && line < SOC_CPU_INTR_NUM);
    REG_WRITE(INTERRUPT_CORE0_CPU_INT_PRI_REG(line), priority);
}

bool esp_cpu_intr_has_handler(int line)
{
    return lines[line].handler != NULL;
}

void esp_cpu_intr_set_handler(int line, esp_cpu_intr_handler_t handler, void *arg)
{
    assert(line >= 0 && line < SOC_CPU_INTR_NUM);
    uint32_t state = k_mask();
    lines[line].handler = handler;
    lines[line].arg = arg;
    k_unmask(state);
}

void *esp_cpu_intr_get_handler_arg(int line)
{
    return lines[line].arg;
}

void esp_cpu_intr_enable(uint32_t mask)
{
    uint32_t state = k_mask();
    REG_SET_BIT(INTERRUPT_CORE0_CPU_INT_ENABLE_REG, mask);
    k_unmask(state);
}

void esp_cpu_intr_disable(uint32_t mask)
{
    uint32_t state = k_mask();
    REG_CLR_BIT(INTERRUPT_CORE0_CPU_INT_ENABLE_REG, mask);
    k_unmask(state);
}

uint32_t esp_cpu_intr_get_enabled_mask(void)
{
    return REG_READ(INTERRUPT_CORE0_CPU_INT_ENABLE_REG);
}

void esp_cpu_intr_edge_ack(int line)
{
    REG_SET_BIT(INTERRUPT_CORE0_CPU_INT_CLEAR_REG, BIT(line));
    REG_CLR_BIT(INTERRUPT_CORE0_CPU_INT_CLEAR_REG, BIT(line));
}
