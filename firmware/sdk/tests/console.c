// SPDX-License-Identifier: Apache-2.0

/** @file The console's loop: what is typed, what comes of it. The lines are in console.expect. */

#include "check.h"

#include "esp_console.h"
#include "esp_err.h"

static int lamp(int argc, char **argv)
{
    printf("lamp: %d %s\nREADY\n", argc, argv[argc - 1]);
    return 0;
}

static int fails(int argc, char **argv)
{
    (void)argc, (void)argv;
    printf("READY\n");
    return ESP_ERR_TIMEOUT;
}

static int end(int argc, char **argv)
{
    (void)argc, (void)argv;
    printf("DONE\n");
    return 0;
}

void app_main(void)
{
    esp_console_repl_t *repl = NULL;
    esp_console_repl_config_t config = ESP_CONSOLE_REPL_CONFIG_DEFAULT();
    config.prompt = "lab>";
    esp_console_dev_uart_config_t uart = ESP_CONSOLE_DEV_UART_CONFIG_DEFAULT();
    CHECK_EQUAL("the console comes up", esp_console_new_repl_uart(&uart, &config, &repl), ESP_OK);
    const esp_console_cmd_t commands[] = {{.command = "lamp", .help = "Switches the lamp", .hint = "<on|off>", .func = lamp},
                                          {.command = "fails", .func = fails}, {.command = "end", .func = end}};
    for (int i = 0; i < 3; i++) {
        ESP_ERROR_CHECK(esp_console_cmd_register(&commands[i]));
    }
    printf("READY\n");
    ESP_ERROR_CHECK(esp_console_start_repl(repl));
}
