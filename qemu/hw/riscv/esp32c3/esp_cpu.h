/*
 * ESP32-C3: the processor, an RV32IMC core with Espressif's interrupt
 * delivery and performance counter.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_RISCV_ESP32C3_ESP_CPU_H
#define HW_RISCV_ESP32C3_ESP_CPU_H

#include "cpu.h"
#include "qom/object.h"

#define TYPE_ESP32C3_CPU "esp32c3-riscv-cpu"
OBJECT_DECLARE_SIMPLE_TYPE(Esp32c3Cpu, ESP32C3_CPU)

/* Address of the first instruction after a reset: the ROM. */
#define ESP32C3_RESET_VECTOR 0x40000000

/* The part of mtvec that the program chooses. */
#define ESP32C3_MTVEC_BASE 0xffffff00u

struct Esp32c3Cpu {
    RISCVCPU parent_obj;

    /* The line the interrupt matrix asks to be taken, 0 for none. */
    unsigned line;

    /* Performance counter: mpccr was @count at time @count_ns. */
    uint32_t mpcer, mpcmr;
    uint32_t count;
    int64_t count_ns;
    uint32_t hz;

    /* Registers without effect: GPIO by CSR, trigger control. */
    uint32_t gpio_oen, gpio_out, tcontrol, mcontext;
};

/*
 * The interrupt matrix's output: the most urgent line (1 to 31) that is
 * enabled, pending and not below the threshold; 0 when there is none.
 */
void esp32c3_cpu_set_line(Esp32c3Cpu *cpu, unsigned line);

/* The core's clock in Hz, what mpccr counts. */
void esp32c3_cpu_set_clock(Esp32c3Cpu *cpu, uint32_t hz);

/*
 * Bring the virtual clock up to now. While the guest idles the clock stands
 * still until something wakes it; what comes from outside (a byte, a question
 * for the time) and takes the time must call this first.
 */
void esp32c3_sync_clock(void);

/*
 * Reset the core only, as soon as it leaves the current instruction. Must be
 * called with the big lock held.
 */
void esp32c3_cpu_request_reset(Esp32c3Cpu *cpu);

/* For the type itself: add the control registers, reset them (esp_csr.c). */
void esp32c3_csr_install(void);
void esp32c3_csr_reset(Esp32c3Cpu *cpu);

#endif
