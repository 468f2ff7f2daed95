/*
 * ESP32-C3: four-stage watchdog, as in the timer groups and the RTC.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_RISCV_ESP32C3_WDT_H
#define HW_RISCV_ESP32C3_WDT_H

#include "qemu/timer.h"

#define ESP32C3_WDT_STAGES 4

/* Value that opens the protected registers of a watchdog. */
#define ESP32C3_WDT_KEY 0x50d83aa1

/* What a stage does when its time is over. */
typedef enum Esp32c3WdtAction {
    ESP32C3_WDT_OFF,
    ESP32C3_WDT_INTERRUPT,
    ESP32C3_WDT_RESET_CPU,
    ESP32C3_WDT_RESET_SYSTEM,
    ESP32C3_WDT_RESET_RTC, /* the RTC's watchdog only */
} Esp32c3WdtAction;

/* Called when a stage is over, for every action but OFF. */
typedef void Esp32c3WdtExpired(void *opaque, Esp32c3WdtAction action);

typedef struct Esp32c3Wdt {
    QEMUTimer *timer;
    Esp32c3WdtExpired *expired;
    void *opaque;

    bool running;
    Esp32c3WdtAction action[ESP32C3_WDT_STAGES];
    int64_t length_ns[ESP32C3_WDT_STAGES];

    unsigned stage;
    int64_t due_ns;      /* when the stage ends */
} Esp32c3Wdt;

void esp32c3_wdt_init(Esp32c3Wdt *w, Esp32c3WdtExpired *expired, void *opaque);
void esp32c3_wdt_free(Esp32c3Wdt *w);

/*
 * Start at stage 0, or stop. The caller has filled in @action and @length_ns;
 * when it changes them later it calls esp32c3_wdt_reconfigured().
 */
void esp32c3_wdt_start(Esp32c3Wdt *w);
void esp32c3_wdt_stop(Esp32c3Wdt *w);
void esp32c3_wdt_reconfigured(Esp32c3Wdt *w);

/* Begin stage 0 anew. */
void esp32c3_wdt_feed(Esp32c3Wdt *w);

#endif
