/*
 * ESP32-C3: four-stage watchdog.
 *
 * A watchdog must catch a guest that hangs and must never fire because the
 * host was busy. While the guest runs, the virtual clock counts instructions
 * (-icount); while it idles, the clock waits for each of its timers
 * (patches/guest-clock.patch): neither way does a stall of the host take time
 * from the guest. Where the clock has jumped past the end of a stage all the
 * same (no -icount), the guest gets that much time again.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "wdt.h"

#define STAGE_MIN_NS SCALE_US       /* a stage of no length must not spin */
#define LATE_NS      (2 * SCALE_MS) /* more is a stall of the host */

static void wdt_arm(Esp32c3Wdt *w, int64_t length_ns)
{
    w->due_ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) +
                MAX(length_ns, STAGE_MIN_NS);
    timer_mod(w->timer, w->due_ns);
}

static void wdt_enter(Esp32c3Wdt *w, unsigned stage)
{
    w->stage = stage;
    wdt_arm(w, w->length_ns[stage]);
}

static void wdt_tick(void *opaque)
{
    Esp32c3Wdt *w = opaque;
    Esp32c3WdtAction action = w->action[w->stage];
    int64_t late = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) - w->due_ns;

    if (late > LATE_NS) {
        wdt_arm(w, late);
        return;
    }
    /* The action first: it wakes a guest that idles, before time goes on. */
    if (action != ESP32C3_WDT_OFF) {
        w->expired(w->opaque, action);
    }
    if (w->running) {
        wdt_enter(w, (w->stage + 1) % ESP32C3_WDT_STAGES);
    }
}

void esp32c3_wdt_init(Esp32c3Wdt *w, Esp32c3WdtExpired *expired, void *opaque)
{
    w->timer = timer_new_ns(QEMU_CLOCK_VIRTUAL, wdt_tick, w);
    w->expired = expired;
    w->opaque = opaque;
}

void esp32c3_wdt_free(Esp32c3Wdt *w)
{
    timer_free(w->timer);
}

void esp32c3_wdt_start(Esp32c3Wdt *w)
{
    w->running = true;
    wdt_enter(w, 0);
}

void esp32c3_wdt_stop(Esp32c3Wdt *w)
{
    w->running = false;
    timer_del(w->timer);
}

void esp32c3_wdt_reconfigured(Esp32c3Wdt *w)
{
    if (w->running) {
        wdt_enter(w, w->stage);
    }
}

void esp32c3_wdt_feed(Esp32c3Wdt *w)
{
    if (w->running) {
        wdt_enter(w, 0);
    }
}
