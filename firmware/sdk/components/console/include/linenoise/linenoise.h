// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * Reading a line from stdin, with the functions of linenoise as ESP-IDF has it. Whoever types at the lab has no terminal
 * with escape sequences, so this is linenoise's "dumb mode" always: characters are echoed, backspace takes one back. History,
 * completion and hints may be set up and have no effect.
 */

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct linenoiseCompletions {
    size_t len;
    char **cvec;
} linenoiseCompletions;

typedef void(linenoiseCompletionCallback)(const char *, linenoiseCompletions *);
typedef char *(linenoiseHintsCallback)(const char *, int *color, int *bold);
typedef void(linenoiseFreeHintsCallback)(void *);

void linenoiseSetCompletionCallback(linenoiseCompletionCallback *);
void linenoiseSetHintsCallback(linenoiseHintsCallback *);
void linenoiseSetFreeHintsCallback(linenoiseFreeHintsCallback *);
void linenoiseAddCompletion(linenoiseCompletions *, const char *);
/** @return -1: there is no terminal that answers. */
int linenoiseProbe(void);
/** Prints the prompt and reads a line. @return it without its end, to be freed; NULL for an empty one, or no memory. */
char *linenoise(const char *prompt);
void linenoiseFree(void *ptr);
int linenoiseHistoryAdd(const char *line);
int linenoiseHistorySetMaxLen(int len);
int linenoiseHistorySave(const char *filename);
int linenoiseHistoryLoad(const char *filename);
void linenoiseHistoryFree(void);
void linenoiseClearScreen(void);
void linenoiseSetMultiLine(int ml);
void linenoiseSetDumbMode(int set);
/** @return true. */
bool linenoiseIsDumbMode(void);
void linenoisePrintKeyCodes(void);
/** Whether linenoise() returns "" for an empty line instead of NULL; it does from the start. */
void linenoiseAllowEmpty(bool);
/** @param len of a line with its end, in bytes. @return -1 below 64. */
int linenoiseSetMaxLineLen(size_t len);

#ifdef __cplusplus
}
#endif
