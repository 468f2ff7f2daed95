// SPDX-License-Identifier: Apache-2.0
// Submission: waits 5 ms between two receives that do not wait: no tick at all.
// verdict: fail
// fails: closes
// skips: conversations
// hint: closes: vTaskDelay()

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "esp_log.h"
#include "esp_timer.h"
#include "nvs_flash.h"
#include "lwip/netdb.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

#define SERVER_NAME "tcpbin.com"
#define SERVER_PORT 4242
#define POLL_MS 5
#define BETWEEN_LINES_US (1500 * 1000LL)

static const char *TAG = "client_fsm";

typedef enum {
    ST_DIAL,
    ST_SAY,
    ST_AWAIT_ECHO,
    ST_BREATHE,
    ST_HANG_UP,
} state_t;

typedef struct {
    struct sockaddr_in server;
    int sock;
    int line;
    char rx[100];
    size_t rx_len;
    int64_t breathe_until;
} client_t;

static state_t dial(client_t *c)
{
    c->sock = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    if (c->sock < 0) {
        ESP_LOGE(TAG, "no socket: errno %d", errno);
        return ST_HANG_UP;
    }
    if (connect(c->sock, (struct sockaddr *)&c->server, sizeof(c->server)) != 0) {
        ESP_LOGW(TAG, "no connection: errno %d", errno);
        return ST_HANG_UP;
    }
    c->line = 0;
    return ST_SAY;
}

static state_t say(client_t *c)
{
    char tx[48];
    int n = snprintf(tx, sizeof(tx), "ping %d, uptime %d s\n", c->line, (int)(esp_timer_get_time() / 1000000));
    c->rx_len = 0;
    return send(c->sock, tx, n, 0) == n ? ST_AWAIT_ECHO : ST_HANG_UP;
}

// Looks whether something has come. Never blocks: the machine has to keep turning.
static state_t await_echo(client_t *c)
{
    ssize_t n = recv(c->sock, c->rx + c->rx_len, sizeof(c->rx) - c->rx_len, MSG_DONTWAIT);
    if (n < 0) {
        return errno == EWOULDBLOCK || errno == EAGAIN ? ST_AWAIT_ECHO : ST_HANG_UP;
    }
    if (n == 0) {
        return ST_HANG_UP;
    }
    c->rx_len += (size_t)n;
    if (c->rx[c->rx_len - 1] != '\n' && c->rx_len < sizeof(c->rx)) {
        return ST_AWAIT_ECHO;
    }
    ESP_LOGI(TAG, "echo: %.*s", (int)c->rx_len, c->rx);
    c->breathe_until = esp_timer_get_time() + BETWEEN_LINES_US;
    return ++c->line < 3 ? ST_BREATHE : ST_HANG_UP;
}

// A pause between two lines that ends early when the server goes.
static state_t breathe(client_t *c)
{
    char nothing;
    ssize_t n = recv(c->sock, &nothing, 1, MSG_DONTWAIT | MSG_PEEK);
    if (n == 0 || (n < 0 && errno != EWOULDBLOCK && errno != EAGAIN)) {
        return ST_HANG_UP;
    }
    return esp_timer_get_time() < c->breathe_until ? ST_BREATHE : ST_SAY;
}

static state_t hang_up(client_t *c)
{
    if (c->sock >= 0) {
        close(c->sock);
        c->sock = -1;
    }
    vTaskDelay(pdMS_TO_TICKS(5000));
    return ST_DIAL;
}

static state_t (*const machine[])(client_t *) = {
    [ST_DIAL] = dial,
    [ST_SAY] = say,
    [ST_AWAIT_ECHO] = await_echo,
    [ST_BREATHE] = breathe,
    [ST_HANG_UP] = hang_up,
};

static void fsm_task(void *arg)
{
    static client_t client = {.sock = -1};
    (void)arg;

    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
    struct addrinfo *res = NULL;
    int err = getaddrinfo(SERVER_NAME, NULL, &hints, &res);
    if (err != 0 || res == NULL) {
        ESP_LOGE(TAG, "DNS lookup of %s failed: %d", SERVER_NAME, err);
        vTaskDelete(NULL);
        return;
    }
    memcpy(&client.server, res->ai_addr, sizeof(client.server));
    client.server.sin_port = htons(SERVER_PORT);
    freeaddrinfo(res);

    state_t state = ST_DIAL;
    while (true) {
        state = machine[state](&client);
        vTaskDelay(pdMS_TO_TICKS(POLL_MS)); // be nice to the others
    }
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();

    EventBits_t bits = xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    if (bits & WIFI_CONNECTED_BIT) {
        xTaskCreate(fsm_task, "fsm", 4096, NULL, 5, NULL);
    }
}
