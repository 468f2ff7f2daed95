// SPDX-License-Identifier: Apache-2.0
#include "lwip_hooks.h"

#include "esp_random.h"
#include "esp_timer.h"
#include "lwip/priv/tcp_priv.h"
#include "lwip/tcp.h"

/** One round of a 32-bit mixing function (the finaliser of MurmurHash3): each input bit reaches each output bit. */
static u32_t mix(u32_t state, u32_t word)
{
    state ^= word;
    state ^= state >> 16;
    state *= 0x85ebca6bu;
    state ^= state >> 13;
    state *= 0xc2b2ae35u;
    return state ^ (state >> 16);
}

static u32_t mix_address(u32_t state, const ip_addr_t *address)
{
    if (IP_IS_V4(address)) {
        return mix(state, ip_2_ip4(address)->addr);
    }
    for (int i = 0; i < 4; i++) {
        state = mix(state, ip_2_ip6(address)->addr[i]);
    }
    return state;
}

u32_t lwip_hook_tcp_isn(const ip_addr_t *local_ip, u16_t local_port, const ip_addr_t *remote_ip, u16_t remote_port)
{
    static u32_t secret[2];
    if (secret[0] == 0) {
        secret[0] = esp_random() | 1;
        secret[1] = esp_random();
    }
    u32_t hash = mix_address(mix_address(secret[0], local_ip), remote_ip);
    hash = mix(mix(hash, ((u32_t)local_port << 16) | remote_port), secret[1]);
    return hash + (u32_t)(esp_timer_get_time() / 4);
}

u8_t lwip_hook_tcp_option_length(struct tcp_pcb *pcb, u8_t internal_length)
{
    // A SYN is made in state CLOSED (active open) or SYN_RCVD (passive open), before the retransmission timer has
    // started.
    if (pcb != NULL && (pcb->state == CLOSED || pcb->state == SYN_RCVD) && pcb->nrtx == 0 && pcb->rtime < 0) {
        pcb->rto = CONFIG_LWIP_TCP_RTO_TIME / TCP_SLOW_INTERVAL;
        pcb->sv = CONFIG_LWIP_TCP_RTO_TIME / TCP_SLOW_INTERVAL;
    }
    return internal_length;
}
