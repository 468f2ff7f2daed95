// SPDX-License-Identifier: Apache-2.0

/**
 * @file
 * The tick, and sleeping without it. The count is derived from the system timer, so that none is ever lost. While
 * something runs, an alarm comes at each tick; once a whole tick has passed in idle, the alarm is moved to the next
 * moment at which something is to happen. Short pauses between two packets thus cost no timer access.
 */

#include "kernel.h"

#include "esp_cpu.h"
#include "interrupts.h"
#include "soc/interrupts.h"
#include "systimer.h"

#define TICK_LINE 7
/** Longest sleep: the alarm must stay within the counter's range. */
#define LONGEST_SLEEP (24ull * 3600 * configTICK_RATE_HZ)
/** And where interrupts get lost: nobody is deaf for longer. */
#define LONGEST_SLEEP_LOSSY (configTICK_RATE_HZ / 10)

/** Counter value at tick 0, and of the next tick. */
static uint64_t origin, next_tick;
/** Tick the sleep is to end at. */
static uint64_t wake_tick;
static bool idle_since_tick;
volatile bool k_sleeping;

/** Brings the clock up to date and sets the alarm for the tick after. */
static void catch_up(uint64_t now)
{
    uint64_t ticks = k_ticks;
    now += SYSTIMER_EARLY;
    if (now >= next_tick + 16 * SYSTIMER_PER_TICK) {
        ticks = (now - origin) / SYSTIMER_PER_TICK;
    } else {
        while (now >= next_tick) {
            ticks++;
            next_tick += SYSTIMER_PER_TICK;
        }
    }
    next_tick = origin + (ticks + 1) * SYSTIMER_PER_TICK;
    systimer_set_alarm(0, next_tick);
    interrupt_refresh();
    if (ticks != k_ticks) {
        k_advance(ticks);
    }
}

static void tick_interrupt(void *arg)
{
    (void)arg;
    systimer_clear(0);
    idle_since_tick = k_current == k_idle_task;
    catch_up(systimer_count());
    sdk_tick_hook();
}

void k_tick_start(void)
{
    uint64_t now = systimer_count();
    origin = now;
    next_tick = now + SYSTIMER_PER_TICK;
    interrupt_attach(ETS_SYSTIMER_TARGET0_EDGE_INTR_SOURCE, TICK_LINE, 1, tick_interrupt, NULL);
    systimer_set_alarm(0, next_tick);
    systimer_enable_alarm(0);
}

void k_tick_resume(void)
{
    k_sleeping = false;
    systimer_clear(0);
    catch_up(systimer_count());
    sdk_sleep_end(k_ticks > wake_tick ? k_ticks - wake_tick : 0);
}

/** Moves the alarm to the next deadline if that is worth it. */
static void stop_tick(void)
{
    uint64_t until = k_next_deadline();
    uint64_t watchdog = sdk_watchdog_deadline();
    if (watchdog < until) {
        until = watchdog;
    }
    uint64_t longest = interrupt_may_get_lost() ? LONGEST_SLEEP_LOSSY : LONGEST_SLEEP;
    if (until > k_ticks + longest) {
        until = k_ticks + longest;
    }
    if (until <= k_ticks + 1) {
        return;
    }
    wake_tick = until;
    k_sleeping = true;
    sdk_sleep_begin();
    systimer_set_alarm(0, origin + until * SYSTIMER_PER_TICK);
}

void k_idle_sleep(void)
{
    uint32_t state = k_mask();
    if (!k_switch_due && k_only_idle_ready() && k_list_empty(&k_deleted_tasks)) {
        if (idle_since_tick && !k_sleeping) {
            stop_tick();
        }
        k_wait_for_interrupt();
    } else {
        k_switch();
    }
    k_unmask(state);
}
