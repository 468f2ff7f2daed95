// SPDX-License-Identifier: Apache-2.0

/** @file Reading a line with echo and backspace. */

#include "linenoise/linenoise.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

#define LENGTH_DEFAULT 4096
#define LENGTH_MINIMUM 64

static size_t s_length = LENGTH_DEFAULT;
static bool s_allows_empty = true;

char *linenoise(const char *prompt)
{
    char *line = calloc(1, s_length);
    if (line == NULL) {
        return NULL;
    }
    fputs(prompt, stdout);
    fflush(stdout);
    size_t count = 0;
    while (count < s_length - 1) {
        int c = fgetc(stdin);
        if (c == EOF) {
            // Without the UART driver stdin does not wait.
            clearerr(stdin);
            vTaskDelay(1);
        } else if (c == '\n') {
            break;
        } else if (c == '\b' || c == 0x7f) {
            if (count > 0) {
                line[--count] = '\0';
                fputs("\b \b", stdout);
            }
        } else if (c >= ' ') {
            line[count++] = (char)c;
            fputc(c, stdout);
        }
        fflush(stdout);
    }
    fputc('\n', stdout);
    fflush(stdout);
    if (count == 0 && !s_allows_empty) {
        free(line);
        return NULL;
    }
    return line;
}

void linenoiseFree(void *ptr)
{
    free(ptr);
}

void linenoiseAllowEmpty(bool allow)
{
    s_allows_empty = allow;
}

int linenoiseSetMaxLineLen(size_t len)
{
    if (len < LENGTH_MINIMUM) {
        return -1;
    }
    s_length = len;
    return 0;
}

int linenoiseProbe(void)
{
    return -1;
}

bool linenoiseIsDumbMode(void)
{
    return true;
}

void linenoiseAddCompletion(linenoiseCompletions *completions, const char *text)
{
    char *copy = strdup(text);
    char **list = copy == NULL ? NULL : realloc(completions->cvec, (completions->len + 1) * sizeof(*list));
    if (list == NULL) {
        free(copy);
        return;
    }
    completions->cvec = list;
    list[completions->len++] = copy;
}

void linenoiseClearScreen(void)
{
    fputs("\x1b[H\x1b[2J", stdout);
}

void linenoiseSetCompletionCallback(linenoiseCompletionCallback *callback)
{
    (void)callback;
}

void linenoiseSetHintsCallback(linenoiseHintsCallback *callback)
{
    (void)callback;
}

void linenoiseSetFreeHintsCallback(linenoiseFreeHintsCallback *callback)
{
    (void)callback;
}

int linenoiseHistoryAdd(const char *line)
{
    (void)line;
    return 1;
}

int linenoiseHistorySetMaxLen(int len)
{
    return len < 1 ? 0 : 1;
}

int linenoiseHistorySave(const char *filename)
{
    (void)filename;
    return -1;
}

int linenoiseHistoryLoad(const char *filename)
{
    (void)filename;
    return -1;
}

void linenoiseHistoryFree(void)
{
}

void linenoiseSetMultiLine(int ml)
{
    (void)ml;
}

void linenoiseSetDumbMode(int set)
{
    (void)set;
}

void linenoisePrintKeyCodes(void)
{
}
