// SPDX-License-Identifier: Apache-2.0

/**
 * @file
 * lwIP's timers ("lwip/timeouts.h"), in place of its own core/timeouts.c. The published version runs eight periodic
 * timers from the start, two of them ten times a second. Here a periodic timer runs only while its module has something
 * to wait for, so that an idle program leaves the processor asleep; ESP-IDF does the same with
 * CONFIG_LWIP_TIMERS_ONDEMAND.
 *
 * All of it runs in the stack's own task.
 */

#include "lwip/timeouts.h"

#include <stdlib.h>

#include "lwip/def.h"
#include "lwip/dhcp.h"
#include "lwip/dns.h"
#include "lwip/etharp.h"
#include "lwip/igmp.h"
#include "lwip/mld6.h"
#include "lwip/nd6.h"
#include "lwip/netif.h"
#include "lwip/priv/nd6_priv.h"
#include "lwip/priv/tcp_priv.h"
#include "lwip/prot/igmp.h"
#include "lwip/sys.h"

/** True when the time `a` lies before `b`; both wrap round. */
#define BEFORE(a, b) ((s32_t)((a) - (b)) < 0)

/** True for an interface that has a link, unlike the loopback interface. */
static bool is_link(const struct netif *netif)
{
    return (netif->flags & NETIF_FLAG_ETHARP) != 0;
}

static bool tcp_is_waiting(void)
{
    return tcp_active_pcbs != NULL || tcp_tw_pcbs != NULL;
}

static bool link_is_up(void)
{
    struct netif *netif;
    NETIF_FOREACH(netif) {
        if (is_link(netif) && netif_is_up(netif)) {
            return true;
        }
    }
    return false;
}

/** The name server is beyond a link, or (for a program that is its own) on the loopback interface. */
static bool names_can_be_asked(void)
{
    const ip_addr_t *server = dns_getserver(0);
    return link_is_up() || (IP_IS_V4(server) && ip4_addr_isloopback(ip_2_ip4(server)));
}

static bool dhcp_is_asking(void)
{
    struct netif *netif;
    NETIF_FOREACH(netif) {
        const struct dhcp *dhcp = netif_dhcp_data(netif);
        if (dhcp != NULL && dhcp->request_timeout > 0) {
            return true;
        }
    }
    return false;
}

static bool dhcp_is_running(void)
{
    struct netif *netif;
    NETIF_FOREACH(netif) {
        if (netif_dhcp_data(netif) != NULL) {
            return true;
        }
    }
    return false;
}

static bool igmp_is_delaying(void)
{
    struct netif *netif;
    NETIF_FOREACH(netif) {
        for (const struct igmp_group *group = netif_igmp_data(netif); group != NULL; group = group->next) {
            if (group->timer > 0) {
                return true;
            }
        }
    }
    return false;
}

static bool mld6_is_delaying(void)
{
    struct netif *netif;
    NETIF_FOREACH(netif) {
        for (const struct mld_group *group = netif_mld6_data(netif); group != NULL; group = group->next) {
            if (group->timer > 0) {
                return true;
            }
        }
    }
    return false;
}

static bool ip6_is_in_use(void)
{
    struct netif *netif;
    NETIF_FOREACH(netif) {
        for (s8_t i = 0; is_link(netif) && i < LWIP_IPV6_NUM_ADDRESSES; i++) {
            if (!ip6_addr_isinvalid(netif_ip6_addr_state(netif, i))) {
                return true;
            }
        }
    }
    return false;
}

/** A module's periodic timer. */
struct periodic {
    u32_t interval_ms;
    lwip_cyclic_timer_handler handler;
    bool (*is_needed)(void);
    bool is_running;
    u32_t due; ///< sys_now() at which it runs next, while it is running
};

static struct periodic s_periodic[] = {
    {TCP_TMR_INTERVAL, tcp_tmr, tcp_is_waiting, false, 0},
    {ARP_TMR_INTERVAL, etharp_tmr, link_is_up, false, 0},
    {DNS_TMR_INTERVAL, dns_tmr, names_can_be_asked, false, 0},
    // Four times as fast as lwIP means it: a lost message is repeated after 0.5, 1, 2, 4 ... s, ESP-IDF's sequence, not
    // after 2, 4, 8, 16.
    {DHCP_FINE_TIMER_MSECS / 4, dhcp_fine_tmr, dhcp_is_asking, false, 0},
    {DHCP_COARSE_TIMER_MSECS, dhcp_coarse_tmr, dhcp_is_running, false, 0},
    {IGMP_TMR_INTERVAL, igmp_tmr, igmp_is_delaying, false, 0},
    {ND6_TMR_INTERVAL, nd6_tmr, ip6_is_in_use, false, 0},
    {MLD6_TMR_INTERVAL, mld6_tmr, mld6_is_delaying, false, 0},
};

/** One-shot timers, the earliest first. */
static struct sys_timeo *s_one_shots;

void sys_timeouts_init(void)
{
}

void tcp_timer_needed(void)
{
    // Found out by tcp_is_waiting() before the stack's task next sleeps.
}

void sys_timeout(u32_t msecs, sys_timeout_handler handler, void *arg)
{
    struct sys_timeo *timeout = malloc(sizeof(*timeout));
    LWIP_ASSERT("sys_timeout: out of memory", timeout != NULL);
    timeout->time = sys_now() + msecs;
    timeout->h = handler;
    timeout->arg = arg;
    struct sys_timeo **place = &s_one_shots;
    while (*place != NULL && !BEFORE(timeout->time, (*place)->time)) {
        place = &(*place)->next;
    }
    timeout->next = *place;
    *place = timeout;
}

void sys_untimeout(sys_timeout_handler handler, void *arg)
{
    for (struct sys_timeo **place = &s_one_shots; *place != NULL; place = &(*place)->next) {
        struct sys_timeo *timeout = *place;
        if (timeout->h == handler && timeout->arg == arg) {
            *place = timeout->next;
            free(timeout);
            return;
        }
    }
}

void sys_restart_timeouts(void)
{
    if (s_one_shots == NULL) {
        return;
    }
    u32_t shift = sys_now() - s_one_shots->time;
    for (struct sys_timeo *timeout = s_one_shots; timeout != NULL; timeout = timeout->next) {
        timeout->time += shift;
    }
}

void sys_check_timeouts(void)
{
    u32_t now = sys_now();
    while (s_one_shots != NULL && !BEFORE(now, s_one_shots->time)) {
        struct sys_timeo *timeout = s_one_shots;
        s_one_shots = timeout->next;
        timeout->h(timeout->arg);
        free(timeout);
    }
    for (size_t i = 0; i < LWIP_ARRAYSIZE(s_periodic); i++) {
        struct periodic *timer = &s_periodic[i];
        if (timer->is_running && !BEFORE(now, timer->due)) {
            timer->due += timer->interval_ms;
            if (BEFORE(timer->due, now)) {
                timer->due = now + timer->interval_ms; // more than a period late: go on from here, do not catch up
            }
            timer->handler();
        }
    }
}

u32_t sys_timeouts_sleeptime(void)
{
    u32_t now = sys_now();
    u32_t sleep = s_one_shots == NULL ? SYS_TIMEOUTS_SLEEPTIME_INFINITE : s_one_shots->time - now;
    if (s_one_shots != NULL && !BEFORE(now, s_one_shots->time)) {
        return 0;
    }
    for (size_t i = 0; i < LWIP_ARRAYSIZE(s_periodic); i++) {
        struct periodic *timer = &s_periodic[i];
        bool needed = timer->is_needed();
        if (needed && !timer->is_running) {
            timer->due = now + timer->interval_ms;
        }
        timer->is_running = needed;
        if (needed) {
            sleep = BEFORE(now, timer->due) ? LWIP_MIN(sleep, timer->due - now) : 0;
        }
    }
    return sleep;
}
