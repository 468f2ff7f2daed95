// SPDX-License-Identifier: Apache-2.0
// Submission: uses lwIP's raw TCP callbacks, without a socket or a task.
// verdict: pass

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/opt.h"
#include "lwip/pbuf.h"
#include "lwip/tcp.h"
#include "lwip/tcpip.h"
#include "connect_wifi_sta.h"

#define PORT 3333

static const char *TAG = "raw";

typedef struct {
    struct tcp_pcb *pcb;
    struct pbuf *unread; // has come, and waits to be looked at
    bool finished;       // nothing more will come
    bool too_long;
    size_t used;
    char line[62];
} caller_t;

static bool says(const caller_t *caller, size_t length, const char *word)
{
    return !caller->too_long && length == strlen(word) && memcmp(caller->line, word, length) == 0;
}

/* Answers the line that has ended. False: there is no room for the answer now. */
static bool answer(caller_t *caller)
{
    size_t length = caller->used;
    if (length > 0 && caller->line[length - 1] == '\r') {
        length--;
    }
    const char *text = "Unknown command\n";
    if (says(caller, length, "GET_TEMP")) {
        text = "Temperature: 19.75 C\n";
    } else if (says(caller, length, "GET_HUMIDITY")) {
        text = "Humidity: 52.5 %\n";
    }
    if (tcp_sndbuf(caller->pcb) < strlen(text) || tcp_write(caller->pcb, text, strlen(text), TCP_WRITE_FLAG_COPY) != ERR_OK) {
        return false;
    }
    caller->used = 0;
    caller->too_long = false;
    return true;
}

static err_t hang_up(caller_t *caller)
{
    struct tcp_pcb *pcb = caller->pcb;
    tcp_arg(pcb, NULL);
    tcp_recv(pcb, NULL);
    tcp_sent(pcb, NULL);
    tcp_poll(pcb, NULL, 0);
    tcp_err(pcb, NULL);
    free(caller);
    if (tcp_close(pcb) != ERR_OK) {
        tcp_abort(pcb);
        return ERR_ABRT;
    }
    return ERR_OK;
}

/* Goes on with what has come, as far as it can. */
static err_t work(caller_t *caller)
{
    u16_t eaten = 0;
    while (caller->unread != NULL) {
        char c = (char)pbuf_get_at(caller->unread, 0);
        if (c == '\n') {
            if (!answer(caller)) {
                break; // later: when something has been acknowledged, or by and by
            }
        } else if (caller->used < sizeof(caller->line)) {
            caller->line[caller->used++] = c;
        } else {
            caller->too_long = true;
        }
        caller->unread = pbuf_free_header(caller->unread, 1);
        eaten++;
    }
    if (eaten > 0) {
        tcp_recved(caller->pcb, eaten);
    }
    tcp_output(caller->pcb);
    if (caller->unread == NULL && caller->finished) {
        return hang_up(caller);
    }
    return ERR_OK;
}

static err_t on_received(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
    caller_t *caller = arg;
    if (p == NULL) {
        caller->finished = true;
    } else if (caller->unread == NULL) {
        caller->unread = p;
    } else {
        pbuf_cat(caller->unread, p);
    }
    return work(caller);
}

static err_t on_acknowledged(void *arg, struct tcp_pcb *pcb, u16_t length)
{
    return work(arg);
}

static err_t on_poll(void *arg, struct tcp_pcb *pcb)
{
    return work(arg);
}

static void on_broken(void *arg, err_t err)
{
    caller_t *caller = arg; // its pcb is no more
    if (caller->unread != NULL) {
        pbuf_free(caller->unread);
    }
    free(caller);
}

static err_t on_call(void *arg, struct tcp_pcb *pcb, err_t err)
{
    if (err != ERR_OK || pcb == NULL) {
        return ERR_VAL;
    }
    caller_t *caller = calloc(1, sizeof(*caller));
    if (caller == NULL) {
        return ERR_MEM; // lwIP resets the connection
    }
    caller->pcb = pcb;
    tcp_arg(pcb, caller);
    tcp_recv(pcb, on_received);
    tcp_sent(pcb, on_acknowledged);
    tcp_err(pcb, on_broken);
    tcp_poll(pcb, on_poll, 1);
    tcp_nagle_disable(pcb);
    return ERR_OK;
}

static void open_line(void *arg)
{
    struct tcp_pcb *pcb = tcp_new();
    if (pcb == NULL || tcp_bind(pcb, IP_ADDR_ANY, PORT) != ERR_OK) {
        ESP_LOGE(TAG, "No pcb for port %d", PORT);
        return;
    }
    struct tcp_pcb *listener = tcp_listen_with_backlog(pcb, 4);
    if (listener == NULL) {
        ESP_LOGE(TAG, "Cannot listen");
        tcp_abort(pcb);
        return;
    }
    tcp_accept(listener, on_call);
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();

    EventBits_t bits = xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    if (bits & WIFI_CONNECTED_BIT) {
        if (tcpip_callback(open_line, NULL) != ERR_OK) {
            ESP_LOGE(TAG, "lwIP's thread takes no message");
        }
    }
}
