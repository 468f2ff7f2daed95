// SPDX-License-Identifier: Apache-2.0

/** @file What TCP programs use of the C library: formatting, parsing, strings. */

#include "topics.h"

#include <ctype.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>

static void formats(void)
{
    char text[16];
    const char *volatile long_text = "more than sixteen characters", *volatile none = NULL;
    SHOW(snprintf(text, sizeof(text), "%s", long_text));
    SHOW_TEXT(text);
    printf("[%d] [%5d] [%-5d] [%05d] [%+d] [%x] [%#X] [%o] [%u]\n", 42, 42, 42, 42, 42, 42, 42, 42, 42u);
    printf("[%ld] [%lld] [%llx] [%zu] [%" PRIu32 "] [%hhd] [%hd]\n", -3L, -4LL, 0x123456789abcLL, (size_t)5, UINT32_MAX, 300,
           70000);
    printf("[%c] [%s] [%10s] [%-10s] [%.3s] [%*d] [%%]\n", 'x', "text", "right", "left", "truncated", 6, 7);
    printf("[%f] [%.2f] [%8.3f] [%e] [%g] [%g] [%.0f]\n", 3.5, 2.675, -1.0, 12345.678, 0.0001, 1e10, 0.5);
    printf("[%f] [%f] [%s]\n", (double)INFINITY, (double)NAN, none);
    SHOW(printf("count\n"));
    SHOW(puts("puts"));
    SHOW(putchar('c'));
    SHOW(fprintf(stdout, "to a stream\n"));
    SHOW(sizeof(long double));
    SHOW(sizeof(long));
}

static void parsing(void)
{
    char *end;
    errno = 0;
    SHOW(strtol("123abc", &end, 10));
    SHOW_TEXT(end);
    SHOW(strtol("0x1F", NULL, 0));
    SHOW(strtol("  -077", NULL, 0));
    SHOW(strtol("99999999999", NULL, 10));
    SHOW(errno);
    errno = 0;
    SHOW(strtoul("-1", NULL, 10));
    SHOW(errno);
    SHOW(strtol("", &end, 10));
    SHOW(errno);
    SHOW(strtod("2.5e3x", &end) * 2);
    SHOW_TEXT(end);
    SHOW(atoi(" 42 apples"));
    SHOW(atoi("none"));
    SHOW(strtoll("-9223372036854775808", NULL, 10));
    int number = 0;
    char word[10] = "";
    SHOW(sscanf("SET_TEMP 21 now", "%9s %d", word, &number));
    SHOW_TEXT(word);
    SHOW(number);
    SHOW(sscanf("nothing", "%d", &number));
    SHOW(sscanf("", "%d", &number));
    SHOW(sscanf("7f:1", "%x:%i", &number, &number));
}

static void strings(void)
{
    char line[] = "GET /path HTTP/1.1\r\nHost: a\r\n\r\n";
    char *rest;
    for (char *token = strtok_r(line, " \r\n", &rest); token != NULL; token = strtok_r(NULL, " \r\n", &rest)) {
        SHOW_TEXT(token);
    }
    char text[8];
    SHOW(strlcpy(text, "longer than eight", sizeof(text)));
    SHOW_TEXT(text);
    SHOW(strlcat(text, "more", sizeof(text)));
    SHOW_TEXT(strncpy(text, "ab", sizeof(text)));
    SHOW(strnlen("abc", 2));
    SHOW(strcmp("a", "b") < 0);
    SHOW(strcasecmp("LED_ON", "led_on"));
    SHOW(strncasecmp("Host: a", "HOST: b", 6));
    SHOW_TEXT(strstr("Content-Length: 5", "Length"));
    SHOW(strcspn("line\r\n", "\r\n"));
    SHOW(memcmp("ab\0c", "ab\0d", 4) < 0);
    SHOW(memchr("abc\n", '\n', 4) != NULL);
    SHOW(toupper('q'));
    SHOW(isspace('\r') != 0);
    SHOW(isprint(0x1f) != 0);
    SHOW_TEXT(strcat(strcpy(text, "a"), "b"));
    SHOW_TEXT(itoa(-255, text, 10));
    SHOW_TEXT(utoa(255, text, 16));
    SHOW(abs(INT_MIN + 1) == INT_MAX);
}

void topic_libc(void)
{
    formats();
    parsing();
    strings();
}
