// SPDX-License-Identifier: Apache-2.0

#include "commands.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *name;
    const char *answer;
} commands[] = {
    {"GET_TEMP", "Temperature: 25.5 C\n"},
    {"GET_HUMIDITY", "Humidity: 45.2 %\n"},
};

const char *command_answer(const char *command)
{
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (strcmp(command, commands[i].name) == 0) {
            return commands[i].answer;
        }
    }
    return "Unknown command\n";
}
