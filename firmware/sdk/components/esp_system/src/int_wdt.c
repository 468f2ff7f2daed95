// SPDX-License-Identifier: Apache-2.0

/**
 * @file
 * The interrupt watchdog: timer group 1's watchdog, fed by the tick. After CONFIG_ESP_INT_WDT_TIMEOUT_MS without it
 * interrupts with a priority that a program's critical sections do not mask; if even that is not served, the second
 * stage resets the chip.
 */

#include "interrupts.h"
#include "kernel.h"
#include "panic.h"
#include "soc/interrupts.h"
#include "soc/rtc_cntl_reg.h"
#include "soc/timer_group_reg.h"
#include "watchdogs.h"

/** The watchdogs count in half milliseconds: 80 MHz divided by this. */
#define PRESCALER 40000
#define PER_MS 2
#define PRIORITY 4

static uint32_t config(uint32_t stages)
{
    return TIMG_WDT_EN | stages | TIMG_WDT_CONF_UPDATE_EN | 7u << TIMG_WDT_CPU_RESET_LENGTH_S |
           7u << TIMG_WDT_SYS_RESET_LENGTH_S;
}

static void write_config(int group, uint32_t value)
{
    REG_WRITE(TIMG_WDTWPROTECT_REG(group), TIMG_WDT_WKEY_VALUE);
    REG_WRITE(TIMG_WDTCONFIG0_REG(group), value);
    REG_WRITE(TIMG_WDTFEED_REG(group), 1);
}

void watchdogs_quiet(void)
{
    REG_WRITE(RTC_CNTL_WDTWPROTECT_REG, RTC_CNTL_WDT_WKEY);
    REG_WRITE(RTC_CNTL_WDTCONFIG0_REG, 0);
    REG_WRITE(RTC_CNTL_WDTWPROTECT_REG, 0);
    REG_WRITE(RTC_CNTL_SWD_WPROTECT_REG, RTC_CNTL_SWD_WKEY);
    REG_SET_BIT(RTC_CNTL_SWD_CONF_REG, RTC_CNTL_SWD_AUTO_FEED_EN);
    REG_WRITE(RTC_CNTL_SWD_WPROTECT_REG, 0);
    write_config(0, TIMG_WDT_CONF_UPDATE_EN);
    write_config(1, TIMG_WDT_CONF_UPDATE_EN);
}

static void watchdog_interrupt(void *arg)
{
    (void)arg;
    if (k_current == k_idle_task) {
        // The system slept, and woke late because the host had no time for it: that is nobody's fault.
        int_wdt_feed();
        REG_WRITE(TIMG_INT_CLR_TIMERS_REG(1), TIMG_WDT_INT);
        return;
    }
    panic_from_watchdog(interrupt_frame);
}

void int_wdt_start(void)
{
    REG_WRITE(TIMG_WDTWPROTECT_REG(1), TIMG_WDT_WKEY_VALUE);
    REG_WRITE(TIMG_WDTCONFIG1_REG(1), (uint32_t)PRESCALER << TIMG_WDT_CLK_PRESCALE_S);
    REG_WRITE(TIMG_WDTCONFIG2_REG(1), CONFIG_ESP_INT_WDT_TIMEOUT_MS * PER_MS);
    REG_WRITE(TIMG_WDTCONFIG3_REG(1), 2 * CONFIG_ESP_INT_WDT_TIMEOUT_MS * PER_MS);
    REG_WRITE(TIMG_INT_CLR_TIMERS_REG(1), TIMG_WDT_INT);
    REG_WRITE(TIMG_INT_ENA_TIMERS_REG(1), TIMG_WDT_INT);
    write_config(1, config((uint32_t)TIMG_WDT_STG_INT << TIMG_WDT_STG0_S |
                           (uint32_t)TIMG_WDT_STG_RESET_SYSTEM << TIMG_WDT_STG1_S));
    // From here on it stays writable, so that feeding is one store.
    if (!esp_cpu_intr_has_handler(INTERRUPT_LINE_WATCHDOG)) {
        interrupt_attach(ETS_TG1_WDT_LEVEL_INTR_SOURCE, INTERRUPT_LINE_WATCHDOG, PRIORITY, watchdog_interrupt, NULL);
    }
}

void int_wdt_stop(void)
{
    REG_WRITE(TIMG_WDTWPROTECT_REG(1), TIMG_WDT_WKEY_VALUE);
    REG_WRITE(TIMG_WDTCONFIG0_REG(1), TIMG_WDT_CONF_UPDATE_EN);
}

void int_wdt_feed(void)
{
    REG_WRITE(TIMG_WDTFEED_REG(1), 1);
}

void panic_wdt_start(uint32_t ms)
{
    int_wdt_stop();
    REG_WRITE(TIMG_WDTWPROTECT_REG(0), TIMG_WDT_WKEY_VALUE);
    REG_WRITE(TIMG_WDTCONFIG1_REG(0), (uint32_t)PRESCALER << TIMG_WDT_CLK_PRESCALE_S);
    REG_WRITE(TIMG_WDTCONFIG2_REG(0), ms * PER_MS);
    write_config(0, config((uint32_t)TIMG_WDT_STG_RESET_SYSTEM << TIMG_WDT_STG0_S));
}
