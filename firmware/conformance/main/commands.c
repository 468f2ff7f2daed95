// SPDX-License-Identifier: Apache-2.0

/** @file Commands of the console component, without its loop. */

#include "topics.h"

#include "esp_console.h"

static int lamp(int argc, char **argv)
{
    for (int i = 0; i < argc; i++) {
        printf("[%s]", argv[i]);
    }
    printf(" %d\n", argv[argc] == NULL);
    return argc;
}

void topic_commands(void)
{
    int returned = -1;
    STATUS(esp_console_run("lamp", &returned));
    STATUS(esp_console_deinit());
    esp_console_config_t config = ESP_CONSOLE_CONFIG_DEFAULT();
    SHOW(config.max_cmdline_length);
    SHOW(config.max_cmdline_args);
    config.max_cmdline_args = 5;
    STATUS(esp_console_init(NULL));
    STATUS(esp_console_init(&config));
    STATUS(esp_console_init(&config));
    esp_console_cmd_t command = {.command = "lamp", .help = "Switches the lamp", .hint = "<on|off>", .func = lamp};
    STATUS(esp_console_cmd_register(&command));
    command.command = "no blanks";
    STATUS(esp_console_cmd_register(&command));
    command.command = NULL;
    STATUS(esp_console_cmd_register(&command));
    STATUS(esp_console_register_help_command());
    STATUS(esp_console_run("lamp on", &returned));
    SHOW(returned);
    STATUS(esp_console_run("  lamp   \"two words\" and\\ more \"a \\\"quote\\\"\" ", &returned));
    STATUS(esp_console_run("lamp 1 2 3 4 5 6 7", &returned));
    STATUS(esp_console_run("", &returned));
    STATUS(esp_console_run("   ", &returned));
    STATUS(esp_console_run("lam", &returned));
    char line[] = "GET /path \"\" x";
    char *words[8];
    SHOW(esp_console_split_argv(line, words, 8));
    SHOW_TEXT(words[0]);
    SHOW_TEXT(words[2]);
    SHOW(words[4] == NULL);
    STATUS(esp_console_deinit());
}
