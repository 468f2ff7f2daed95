/*
 * ESP32-C3: four-stage watchdog.
 *
 * A watchdog must catch a guest that hangs and must never fire because the
 * host was busy. While the guest runs, the virtual clock counts instructions
 * (-icount), so a stall of the host costs the guest nothing. While it idles
 * the clock follows the host's, and after a stall it jumps: timers of the
 * guest that were due in between and the watchdog all expire at one instant,
 * before the guest has had a chance to run and feed. So
 *
 *  - a stage is counted in slices, and a slice that is noticed late does not
 *    count: it is given to the guest again;
 *  - a stage that ends while the guest idles is confirmed by one more short
 *    slice, in which a guest with anything to do wakes up and does it.
 *
 * A guest that spins is caught to the nanosecond, one that sleeps for ever a
 * few milliseconds later.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "sysemu/cpu-timers.h"
#include "wdt.h"

#define SLICES        16           /* of a stage */
#define STAGE_MIN_NS  SCALE_US     /* a stage of no length must not spin */
#define SLICE_MIN_NS  (10 * SCALE_MS)
#define CONFIRM_NS    (5 * SCALE_MS)
#define LATE_NS       (2 * SCALE_MS) /* more is a stall of the host */

/* Time the guest has spent executing; 0 for ever where nobody counts it. */
static int64_t guest_ran_ns(void)
{
    return icount_enabled() ? icount_to_ns(icount_get_raw()) : 0;
}

static void wdt_arm(Esp32c3Wdt *w, int64_t slice_ns)
{
    w->slice_ns = slice_ns;
    w->due_ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) + slice_ns;
    w->ran_ns = guest_ran_ns();
    timer_mod(w->timer, w->due_ns);
}

static void wdt_arm_next(Esp32c3Wdt *w)
{
    int64_t slice = MAX(w->length_ns[w->stage] / SLICES, SLICE_MIN_NS);

    w->confirming = false;
    wdt_arm(w, MIN(slice, w->left_ns));
}

static void wdt_enter(Esp32c3Wdt *w, unsigned stage)
{
    w->stage = stage;
    w->left_ns = MAX(w->length_ns[stage], STAGE_MIN_NS);
    wdt_arm_next(w);
}

/* Was the guest idle for any part of the slice that has just ended? */
static bool guest_idled(Esp32c3Wdt *w)
{
    int64_t passed = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) -
                     (w->due_ns - w->slice_ns);

    return guest_ran_ns() - w->ran_ns < passed;
}

static void wdt_tick(void *opaque)
{
    Esp32c3Wdt *w = opaque;
    Esp32c3WdtAction action = w->action[w->stage];
    int64_t late = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) - w->due_ns;

    if (late > LATE_NS) {
        wdt_arm(w, w->slice_ns);
        return;
    }
    if (!w->confirming) {
        w->left_ns -= w->slice_ns;
        if (w->left_ns > 0) {
            wdt_arm_next(w);
            return;
        }
        if (guest_idled(w)) {
            w->confirming = true;
            wdt_arm(w, CONFIRM_NS);
            return;
        }
    }
    wdt_enter(w, (w->stage + 1) % ESP32C3_WDT_STAGES);
    if (action != ESP32C3_WDT_OFF) {
        w->expired(w->opaque, action);
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
