// SPDX-License-Identifier: Apache-2.0

/** @file Commands: registration, calling, the list of them. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "esp_console.h"
#include "linenoise/linenoise.h"

struct command {
    struct command *next;
    esp_console_cmd_t description;
};

static struct command *s_commands; ///< in the order in which they were registered
static esp_console_config_t s_config;
static bool s_is_running;

esp_err_t esp_console_init(const esp_console_config_t *config)
{
    if (config == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    if (s_is_running) {
        return ESP_ERR_INVALID_STATE;
    }
    s_config = *config;
    s_is_running = true;
    return ESP_OK;
}

esp_err_t esp_console_deinit(void)
{
    if (!s_is_running) {
        return ESP_ERR_INVALID_STATE;
    }
    while (s_commands != NULL) {
        struct command *command = s_commands;
        s_commands = command->next;
        free(command);
    }
    s_is_running = false;
    return ESP_OK;
}

static struct command *find(const char *name, size_t length)
{
    struct command *command = s_commands;
    while (command != NULL && (strlen(command->description.command) != length ||
                               strncmp(command->description.command, name, length) != 0)) {
        command = command->next;
    }
    return command;
}

esp_err_t esp_console_cmd_register(const esp_console_cmd_t *cmd)
{
    if (cmd == NULL || cmd->command == NULL || strchr(cmd->command, ' ') != NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    struct command *command = find(cmd->command, strlen(cmd->command));
    if (command == NULL) {
        command = calloc(1, sizeof(*command));
        if (command == NULL) {
            return ESP_ERR_NO_MEM;
        }
        struct command **last = &s_commands;
        while (*last != NULL) {
            last = &(*last)->next;
        }
        *last = command;
    }
    command->description = *cmd;
    return ESP_OK;
}

esp_err_t esp_console_run(const char *cmdline, int *cmd_ret)
{
    if (!s_is_running) {
        return ESP_ERR_INVALID_STATE;
    }
    char *line = calloc(1, s_config.max_cmdline_length + 1);
    char **argv = calloc(s_config.max_cmdline_args + 1, sizeof(*argv));
    esp_err_t result = ESP_ERR_NO_MEM;
    if (line != NULL && argv != NULL) {
        strlcpy(line, cmdline, s_config.max_cmdline_length);
        size_t argc = esp_console_split_argv(line, argv, s_config.max_cmdline_args);
        const struct command *command = argc == 0 ? NULL : find(argv[0], strlen(argv[0]));
        result = argc == 0 ? ESP_ERR_INVALID_ARG : command == NULL ? ESP_ERR_NOT_FOUND : ESP_OK;
        if (result == ESP_OK) {
            *cmd_ret = command->description.func((int)argc, argv);
        }
    }
    free(argv);
    free(line);
    return result;
}

size_t esp_console_split_argv(char *line, char **argv, size_t argv_size)
{
    size_t argc = 0;
    char *from = line, *to = line;
    // The last place is for the NULL at the end.
    while (argc + 1 < argv_size) {
        while (*from == ' ') {
            from++;
        }
        if (*from == '\0') {
            break;
        }
        bool is_quoted = *from == '"';
        from += is_quoted;
        argv[argc++] = to;
        char end = is_quoted ? '"' : ' ';
        while (*from != '\0' && *from != end) {
            bool is_escaped = *from == '\\' && (from[1] == '\\' || from[1] == '"' || from[1] == ' ');
            from += is_escaped;
            *to++ = *from++;
        }
        bool is_last = *from == '\0';
        from += !is_last;
        *to++ = '\0';
        if (is_last) {
            break;
        }
    }
    argv[argc] = NULL;
    return argc;
}

void esp_console_get_completion(const char *buf, linenoiseCompletions *lc)
{
    size_t length = strlen(buf);
    for (const struct command *command = s_commands; command != NULL && length > 0; command = command->next) {
        if (strncmp(buf, command->description.command, length) == 0) {
            linenoiseAddCompletion(lc, command->description.command);
        }
    }
}

const char *esp_console_get_hint(const char *buf, int *color, int *bold)
{
    const struct command *command = find(buf, strlen(buf));
    *color = s_config.hint_color;
    *bold = s_config.hint_bold;
    return command != NULL ? command->description.hint : NULL;
}

static int help(int argc, char **argv)
{
    (void)argc, (void)argv;
    for (const struct command *command = s_commands; command != NULL; command = command->next) {
        const esp_console_cmd_t *it = &command->description;
        if (it->help != NULL) {
            printf("%s %s\n  %s\n\n", it->command, it->hint != NULL ? it->hint : "", it->help);
        }
    }
    return 0;
}

esp_err_t esp_console_register_help_command(void)
{
    const esp_console_cmd_t command = {
        .command = "help", .help = "Print the list of registered commands", .func = help};
    return esp_console_cmd_register(&command);
}
