// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Commands typed at the console, as in ESP-IDF's console component: registered by name, called with argc and argv. The
 * read-evaluate-print loop is for UART 0. Line editing knows backspace and nothing else (linenoise/linenoise.h); argtable3 is
 * not in the bundled SDK.
 */

#include <stddef.h>
#include <stdint.h>

#include "esp_err.h"
#include "sdkconfig.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct linenoiseCompletions linenoiseCompletions;

typedef struct {
    size_t max_cmdline_length; ///< of a line, in bytes
    size_t max_cmdline_args;   ///< words in a line
    int hint_color;            ///< has no effect
    int hint_bold;             ///< has no effect
} esp_console_config_t;

#define ESP_CONSOLE_CONFIG_DEFAULT() \
    {.max_cmdline_length = 256, .max_cmdline_args = 32, .hint_color = 39, .hint_bold = 0}

typedef struct {
    uint32_t max_history_len;      ///< has no effect
    const char *history_save_path; ///< has no effect
    uint32_t task_stack_size;      ///< of the loop's task, bytes
    uint32_t task_priority;
    const char *prompt;        ///< NULL: "esp>"
    size_t max_cmdline_length; ///< 0: 256
} esp_console_repl_config_t;

#define ESP_CONSOLE_REPL_CONFIG_DEFAULT()                                                                            \
    {                                                                                                                \
        .max_history_len = 32, .history_save_path = NULL, .task_stack_size = 4096, .task_priority = 2, .prompt = NULL, \
        .max_cmdline_length = 0                                                                                      \
    }

typedef struct {
    int channel;     ///< UART, 0
    int baud_rate;   ///< bit/s
    int tx_gpio_num; ///< -1: as it is
    int rx_gpio_num; ///< -1: as it is
} esp_console_dev_uart_config_t;

#define ESP_CONSOLE_DEV_UART_CONFIG_DEFAULT() \
    {.channel = CONFIG_ESP_CONSOLE_UART_NUM, .baud_rate = CONFIG_ESP_CONSOLE_UART_BAUDRATE, .tx_gpio_num = -1, .rx_gpio_num = -1}

/** @return what is shown by esp_console_run()'s caller; 0 for success. */
typedef int (*esp_console_cmd_func_t)(int argc, char **argv);

typedef struct {
    const char *command; ///< one word; not copied
    const char *help;    ///< NULL: not listed by "help"
    const char *hint;    ///< its arguments, for "help"
    esp_console_cmd_func_t func;
    void *argtable; ///< not looked at
} esp_console_cmd_t;

/** @return ESP_ERR_INVALID_STATE the second time. */
esp_err_t esp_console_init(const esp_console_config_t *config);
/** Forgets all commands. */
esp_err_t esp_console_deinit(void);
/** @return ESP_ERR_INVALID_ARG for a name that is NULL or has a blank. */
esp_err_t esp_console_cmd_register(const esp_console_cmd_t *cmd);
/** @return ESP_ERR_INVALID_ARG for an empty line, ESP_ERR_NOT_FOUND for a command that is not registered. */
esp_err_t esp_console_run(const char *cmdline, int *cmd_ret);
/** Splits a line into words in place; "quotes" and backslashes keep blanks. @return how many. */
size_t esp_console_split_argv(char *line, char **argv, size_t argv_size);
/** Completes a command's name. */
void esp_console_get_completion(const char *buf, linenoiseCompletions *lc);
/** @return a command's arguments, or NULL. */
const char *esp_console_get_hint(const char *buf, int *color, int *bold);
/** The command "help". */
esp_err_t esp_console_register_help_command(void);

typedef struct esp_console_repl_s esp_console_repl_t;
struct esp_console_repl_s {
    esp_err_t (*del)(esp_console_repl_t *repl);
};

/** Installs the UART's driver, makes the console and its loop's task, which waits. */
esp_err_t esp_console_new_repl_uart(const esp_console_dev_uart_config_t *dev_config,
                                    const esp_console_repl_config_t *repl_config, esp_console_repl_t **ret_repl);
esp_err_t esp_console_start_repl(esp_console_repl_t *repl);

#ifdef __cplusplus
}
#endif
