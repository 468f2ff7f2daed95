// SPDX-License-Identifier: Apache-2.0
// Submission: sends signs of many scripts, joined and invisible ones among them.
// verdict: pass

#include <stdio.h>
#include <string.h>
#include <errno.h>
#include <unistd.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/event_groups.h"
#include "nvs_flash.h"
#include "lwip/netdb.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

static struct in_addr ip;

static void round_trip(int nr)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(4242), .sin_addr = ip };
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (s < 0 || connect(s, (struct sockaddr *)&to, sizeof to)) {
        printf("round %d: connect failed (%d)\n", nr, errno);
        if (s >= 0) close(s);
        return;
    }
    FILE *f = fdopen(s, "w");
    if (!f) { printf("fdopen failed\n"); close(s); return; }
    const char *words[3] = { "👩‍🚀 é", "25 °C", "\"quoted\" \t tab; 50 €" };
    for (int i = 0; i < 3; i++) {
        fprintf(f, "round %d says %s\n", nr, words[i]);
        fflush(f);
        char line[160]; int n = 0, r; char c;
        while ((r = recv(s, &c, 1, 0)) == 1 && c != '\n') if (n < 159) line[n++] = c;
        if (r <= 0) { printf("server is gone (%d)\n", r); break; }
        line[n] = 0;
        printf("<<< %s\n", line);
        vTaskDelay(pdMS_TO_TICKS(700));
    }
    fclose(f);
}

static void t(void *p)
{
    struct hostent *h = gethostbyname("tcpbin.com");
    if (!h) { printf("error: gethostbyname\n"); vTaskDelete(NULL); }
    memcpy(&ip, h->h_addr_list[0], 4);
    for (int i = 1;; i++) { round_trip(i); vTaskDelay(pdMS_TO_TICKS(3000)); }
}
void app_main(void)
{
    nvs_flash_init(); connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);
    xTaskCreate(t, "t", 5000, NULL, 5, NULL);
}
