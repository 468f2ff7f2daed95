// SPDX-License-Identifier: Apache-2.0
// Submission: has an event loop for each direction.
// verdict: pass

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "freertos/semphr.h"
#include "freertos/event_groups.h"
#include "esp_event.h"
#include "esp_log.h"
#include "nvs_flash.h"
#include "lwip/sockets.h"
#include "connect_wifi_sta.h"

static const char *TAG = "post_office";

ESP_EVENT_DEFINE_BASE(POST_OFFICE);

enum { PARCEL_TYPED, PARCEL_ARRIVED, LINE_DOWN };

typedef struct {
    uint16_t length;
    char text[128];
} parcel_t;

static esp_event_loop_handle_t outward_loop;
static esp_event_loop_handle_t inward_loop;

static SemaphoreHandle_t line_lock;     // held while somebody uses the descriptor for sending
static volatile int line_fd = -1;

static void post(esp_event_loop_handle_t loop, int32_t id, const void *data, size_t size)
{
    while (esp_event_post_to(loop, POST_OFFICE, id, data, size, portMAX_DELAY) != ESP_OK) {
        vTaskDelay(1);
    }
}

static void post_parcel(esp_event_loop_handle_t loop, int32_t id, const parcel_t *parcel)
{
    post(loop, id, parcel, offsetof(parcel_t, text) + parcel->length);
}

// Runs in the task of the outward loop.
static void on_typed(void *arg, esp_event_base_t base, int32_t id, void *data)
{
    const parcel_t *parcel = data;
    xSemaphoreTake(line_lock, portMAX_DELAY);
    int fd = line_fd;
    size_t sent = 0;
    while (fd >= 0 && sent < parcel->length) {
        int n = send(fd, parcel->text + sent, parcel->length - sent, 0);
        if (n < 0) {
            break;      // the receiving task gets to know it, too
        }
        sent += n;
    }
    xSemaphoreGive(line_lock);
}

// These two run in the task of the inward loop.
static void on_arrived(void *arg, esp_event_base_t base, int32_t id, void *data)
{
    const parcel_t *parcel = data;
    fwrite(parcel->text, 1, parcel->length, stdout);
    fflush(stdout);
}

static void on_line_down(void *arg, esp_event_base_t base, int32_t id, void *data)
{
    int code = *(const int *)data;
    if (code == 0) {
        ESP_LOGW(TAG, "The other side has hung up");
    } else {
        ESP_LOGW(TAG, "The line is dead, errno %d", code);
    }
}

static void keyboard_task(void *arg)
{
    static parcel_t parcel;
    for (;;) {
        if (fgets(parcel.text, sizeof(parcel.text), stdin) == NULL) {
            clearerr(stdin);
            vTaskDelay(2);
            continue;
        }
        // Perhaps only a part of a line: the rest follows in the next parcel.
        parcel.length = (uint16_t)strlen(parcel.text);
        if (parcel.length > 0 && line_fd >= 0) {
            post_parcel(outward_loop, PARCEL_TYPED, &parcel);
        }
    }
}

static int dial(void)
{
    int fd = socket(AF_INET, SOCK_STREAM, IPPROTO_IP);
    if (fd < 0) {
        return -1;
    }
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_addr.s_addr = inet_addr("10.0.2.2"),
        .sin_port = htons(5000),
    };
    if (connect(fd, (struct sockaddr *)&address, sizeof(address)) != 0) {
        int why = errno;
        close(fd);
        errno = why;
        return -1;
    }
    return fd;
}

static void line_task(void *arg)
{
    static parcel_t parcel;
    for (;;) {
        int fd = dial();
        if (fd < 0) {
            ESP_LOGW(TAG, "No answer, errno %d", errno);
            vTaskDelay(pdMS_TO_TICKS(2000));
            continue;
        }
        ESP_LOGI(TAG, "The post office is open");
        line_fd = fd;

        int n;
        while ((n = recv(fd, parcel.text, sizeof(parcel.text), 0)) > 0) {
            parcel.length = (uint16_t)n;
            post_parcel(inward_loop, PARCEL_ARRIVED, &parcel);
        }
        int code = (n == 0) ? 0 : errno;
        post(inward_loop, LINE_DOWN, &code, sizeof(code));

        // No new send() begins, the running one is ended by shutdown(), and then nobody uses the descriptor any more.
        line_fd = -1;
        shutdown(fd, SHUT_RDWR);
        xSemaphoreTake(line_lock, portMAX_DELAY);
        close(fd);
        xSemaphoreGive(line_lock);
        vTaskDelay(pdMS_TO_TICKS(2000));
    }
}

void app_main(void)
{
    ESP_ERROR_CHECK(nvs_flash_init());
    connect_wifi_sta();
    xEventGroupWaitBits(s_wifi_event_group, WIFI_CONNECTED_BIT, pdFALSE, pdTRUE, portMAX_DELAY);

    line_lock = xSemaphoreCreateMutex();
    configASSERT(line_lock != NULL);

    esp_event_loop_args_t args = {
        .queue_size = 8,
        .task_name = "outward",
        .task_priority = 5,
        .task_stack_size = 4096,
        .task_core_id = tskNO_AFFINITY,
    };
    ESP_ERROR_CHECK(esp_event_loop_create(&args, &outward_loop));
    args.task_name = "inward";
    ESP_ERROR_CHECK(esp_event_loop_create(&args, &inward_loop));

    ESP_ERROR_CHECK(esp_event_handler_register_with(outward_loop, POST_OFFICE, PARCEL_TYPED, on_typed, NULL));
    ESP_ERROR_CHECK(esp_event_handler_register_with(inward_loop, POST_OFFICE, PARCEL_ARRIVED, on_arrived, NULL));
    ESP_ERROR_CHECK(esp_event_handler_register_with(inward_loop, POST_OFFICE, LINE_DOWN, on_line_down, NULL));

    xTaskCreate(line_task, "line", 4096, NULL, 5, NULL);
    xTaskCreate(keyboard_task, "keyboard", 4096, NULL, 4, NULL);
}
