// SPDX-License-Identifier: Apache-2.0

/** @file Runs all topics, one after another; the last one resets the device several times. */

#include "topics.h"

#include "esp_event.h"
#include "esp_netif.h"

static char s_record[400];

void record(const char *text)
{
    strncat(s_record, text, sizeof(s_record) - strlen(s_record) - 1);
}

void show_record(const char *label)
{
    printf("%s: %s\n", label, s_record);
    s_record[0] = '\0';
}

static const struct {
    const char *name;
    void (*run)(void);
} s_topics[] = {
    {"tasks", topic_tasks},
    {"queues", topic_queues},
    {"locks", topic_locks},
    {"signals", topic_signals},
    {"buffers", topic_buffers},
    {"timers", topic_timers},
    {"threads", topic_threads},
    {"log", topic_log},
    {"errors", topic_errors},
    {"system", topic_system},
    {"libc", topic_libc},
    {"commands", topic_commands},
    {"stdin", topic_stdin},
    {"uart", topic_uart},
    {"events", topic_events},
    {"ethernet", topic_ethernet},
    {"addresses", topic_addresses},
    {"socket errors", topic_socket_errors},
    {"socket data", topic_socket_data},
    {"socket endings", topic_socket_endings},
    {"socket options", topic_socket_options},
    {"waiting", topic_waiting},
    {"datagrams", topic_datagrams},
    {"names", topic_names},
};

/** With room for printf() of floating point numbers, which the main task's stack has not much of. */
static void run_all(void *waiting)
{
    for (size_t i = 0; i < sizeof(s_topics) / sizeof(s_topics[0]); i++) {
        printf("\n## %s\n", s_topics[i].name);
        s_topics[i].run();
    }
    xTaskNotifyGive(waiting);
    vTaskDelete(NULL);
}

void app_main(void)
{
    topic_resets();
    printf("BEGIN\n");
    xTaskCreate(run_all, "topics", 8192, xTaskGetCurrentTaskHandle(), 5, NULL);
    ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    topic_resets();
}
