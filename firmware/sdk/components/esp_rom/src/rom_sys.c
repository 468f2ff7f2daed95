// SPDX-License-Identifier: Apache-2.0

/** @file Reset, delay and the rest of the ROM's services. */

#include "esp_cpu.h"
#include "esp_rom_gpio.h"
#include "esp_rom_sys.h"
#include "soc/rtc_cntl_reg.h"
#include "systimer.h"

/** Who preempts a spinning task takes time that counts: it looks at the timer so often. */
#define SPIN_MAX_US 100

void esp_rom_software_reset_system(void)
{
    REG_WRITE(RTC_CNTL_OPTIONS0_REG, REG_READ(RTC_CNTL_OPTIONS0_REG) | RTC_CNTL_SW_SYS_RST);
    for (;;) {
    }
}

void esp_rom_software_reset_cpu(int cpu_no)
{
    (void)cpu_no;
    esp_rom_software_reset_system();
}

soc_reset_reason_t esp_rom_get_reset_reason(int cpu_no)
{
    (void)cpu_no;
    return (soc_reset_reason_t)(REG_READ(RTC_CNTL_RESET_STATE_REG) & RTC_CNTL_RESET_CAUSE_PROCPU);
}

/** Spins for some instructions that take @p us microseconds at the most: an emulator runs them much faster than reads of a timer. */
static void spin(uint32_t us)
{
    // Two instructions each; the emulated processor takes 8 ns for one.
    uint32_t rounds = us * 1000 / 16;
    while (rounds-- > 0) {
        __asm__ volatile("");
    }
}

void esp_rom_delay_us(uint32_t us)
{
    uint64_t end = systimer_count() + (uint64_t)us * SYSTIMER_PER_US;
    for (uint64_t now = systimer_count(); now < end; now = systimer_count()) {
        uint64_t rest = (end - now) / SYSTIMER_PER_US;
        spin(rest < SPIN_MAX_US ? rest : SPIN_MAX_US);
    }
}

uint32_t esp_rom_get_cpu_ticks_per_us(void)
{
    return CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ;
}

void esp_rom_set_cpu_ticks_per_us(uint32_t ticks_per_us)
{
    (void)ticks_per_us;
}

esp_cpu_cycle_count_t esp_cpu_get_cycle_count(void)
{
    return (uint32_t)(systimer_count() * (CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ / SYSTIMER_PER_US));
}

void esp_rom_gpio_pad_select_gpio(uint32_t iopad_num)
{
    (void)iopad_num;
}

void esp_rom_gpio_pad_pullup_only(uint32_t iopad_num)
{
    (void)iopad_num;
}

void esp_rom_gpio_connect_in_signal(uint32_t gpio_num, uint32_t signal_idx, bool inv)
{
    (void)gpio_num;
    (void)signal_idx;
    (void)inv;
}

void esp_rom_gpio_connect_out_signal(uint32_t gpio_num, uint32_t signal_idx, bool out_inv, bool oen_inv)
{
    (void)gpio_num;
    (void)signal_idx;
    (void)out_inv;
    (void)oen_inv;
}
