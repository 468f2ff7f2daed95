// SPDX-License-Identifier: Apache-2.0

/** @file The loop that reads a line, calls its command, and says what came of it. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver/uart.h"
#include "esp_console.h"
#include "esp_vfs_dev.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "linenoise/linenoise.h"

#define PROMPT_SIZE 32
#define RX_BUFFER_SIZE 256

struct repl {
    esp_console_repl_t parent; ///< first: the application has its address
    char prompt[PROMPT_SIZE];
    TaskHandle_t task;
    int port;
};

static void loop(void *argument)
{
    struct repl *repl = argument;
    ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    printf("\nType 'help' to get the list of commands.\n");
    for (;;) {
        char *line = linenoise(repl->prompt);
        if (line == NULL) {
            continue;
        }
        int returned = 0;
        esp_err_t result = esp_console_run(line, &returned);
        if (result == ESP_ERR_NOT_FOUND) {
            printf("Unrecognized command\n");
        } else if (result == ESP_OK && returned != ESP_OK) {
            printf("Command returned non-zero error code: 0x%x (%s)\n", returned, esp_err_to_name(returned));
        } else if (result != ESP_OK && result != ESP_ERR_INVALID_ARG) {
            printf("Internal error: %s\n", esp_err_to_name(result));
        }
        linenoiseFree(line);
    }
}

static esp_err_t delete_repl(esp_console_repl_t *parent)
{
    struct repl *repl = (struct repl *)parent;
    vTaskDelete(repl->task);
    esp_console_deinit();
    esp_vfs_dev_uart_use_nonblocking(repl->port);
    uart_driver_delete(repl->port);
    free(repl);
    return ESP_OK;
}

esp_err_t esp_console_new_repl_uart(const esp_console_dev_uart_config_t *dev_config,
                                    const esp_console_repl_config_t *repl_config, esp_console_repl_t **ret_repl)
{
    if (dev_config == NULL || repl_config == NULL || ret_repl == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    struct repl *repl = calloc(1, sizeof(*repl));
    if (repl == NULL) {
        return ESP_ERR_NO_MEM;
    }
    repl->parent.del = delete_repl;
    repl->port = dev_config->channel;
    snprintf(repl->prompt, sizeof(repl->prompt), "%s ", repl_config->prompt != NULL ? repl_config->prompt : "esp>");
    esp_err_t result = uart_driver_install(repl->port, RX_BUFFER_SIZE, 0, 0, NULL, 0);
    if (result == ESP_OK) {
        esp_vfs_dev_uart_port_set_rx_line_endings(repl->port, ESP_LINE_ENDINGS_CR);
        esp_vfs_dev_uart_port_set_tx_line_endings(repl->port, ESP_LINE_ENDINGS_CRLF);
        esp_vfs_dev_uart_use_driver(repl->port);
        setvbuf(stdin, NULL, _IONBF, 0);
        esp_console_config_t config = ESP_CONSOLE_CONFIG_DEFAULT();
        if (repl_config->max_cmdline_length > 0) {
            config.max_cmdline_length = repl_config->max_cmdline_length;
        }
        linenoiseSetMaxLineLen(config.max_cmdline_length);
        result = esp_console_init(&config);
    }
    if (result == ESP_OK) {
        result = esp_console_register_help_command();
    }
    if (result == ESP_OK && xTaskCreate(loop, "console_repl", repl_config->task_stack_size, repl,
                                        repl_config->task_priority, &repl->task) != pdPASS) {
        result = ESP_ERR_NO_MEM;
    }
    if (result != ESP_OK) {
        uart_driver_delete(repl->port);
        free(repl);
        return result;
    }
    *ret_repl = &repl->parent;
    return ESP_OK;
}

esp_err_t esp_console_start_repl(esp_console_repl_t *repl)
{
    xTaskNotifyGive(((struct repl *)repl)->task);
    return ESP_OK;
}
