// SPDX-License-Identifier: Apache-2.0

/**
 * @file
 * Compiles lwIP's api/api_msg.c with two corrections for LWIP_NETCONN_FULLDUPLEX that ESP-IDF's copy of lwIP has and
 * the published 2.1.3 lacks. Both concern connections that arrived but were never accepted:
 *
 * - they are freed without having been marked closed, which an assertion in netconn_drain() takes for a mistake;
 * - closing the listening socket aborts them in the task that called close(), and not in the stack's.
 */

#include "lwip/debug.h"
#include "lwip/priv/tcpip_priv.h"
#include "lwip/tcp.h"

struct abort_call {
    struct tcpip_api_call_data call;
    struct tcp_pcb *pcb;
};

static err_t abort_in_tcpip_thread(struct tcpip_api_call_data *call)
{
    tcp_abort(((struct abort_call *)call)->pcb);
    return ERR_OK;
}

static void abort_from_any_thread(struct tcp_pcb *pcb)
{
    struct abort_call call = {.pcb = pcb};
    if (sys_in_tcpip_thread()) {
        tcp_abort(pcb);
    } else {
        tcpip_api_call(abort_in_tcpip_thread, &call.call);
    }
}

#define tcp_abort(pcb) abort_from_any_thread(pcb)

#undef LWIP_ASSERT
#define LWIP_ASSERT(message, assertion)                                               \
    do {                                                                              \
        if (__builtin_strcmp(message, "netconn marked closed") != 0 && !(assertion)) { \
            LWIP_PLATFORM_ASSERT(message);                                            \
        }                                                                             \
    } while (0)

#pragma GCC diagnostic ignored "-Wunused-parameter"
#include "api/api_msg.c"
