// SPDX-License-Identifier: Apache-2.0

/**
 * @file
 * The calls of stdio that write or read more than one character, with the stream locked throughout, as newlib does.
 * vfprintf() is entered through the linker's --wrap, since picolibc's comes in one object with its formatter.
 */

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "sdk_stdio.h"

#undef putc
#undef putchar
#undef getc
#undef getchar

int __d_vfprintf(FILE *stream, const char *format, va_list args);
int __wrap_vfprintf(FILE *stream, const char *format, va_list args);

/*
 * newlib's printf() takes more of a stack than picolibc's, and a task whose stack is too small for it has to overflow here too.
 * The sums below are newlib 4.1's (Espressif's esp-4.1.0, rv32imc, -fstack-usage: printf 64 to 80 bytes, _vfprintf_r 416,
 * __sfvwrite_r 48, fflush and __swrite 96, _svfprintf_r 400, snprintf 176, _dtoa_r 192 and __pow5mult with what they call 80) with
 * some 290 bytes for ESP-IDF's VFS and its locks, and 200 for malloc(), less what is used here by uxTaskGetStackHighWaterMark().
 */
#define STREAM_ROOM 490        // printf() 980, here 444 to 464
#define STRING_ROOM 330        // snprintf() 624, here 288
#define STRING_FLOAT_ROOM 550  // snprintf() of a float 1050, here 496

#define WITH_ROOM(name, size)                                                                   \
    static int __attribute__((noinline)) name(FILE *stream, const char *format, va_list args)   \
    {                                                                                           \
        volatile char room[size];                                                               \
        room[0] = 0;                                                                            \
        int result = __d_vfprintf(stream, format, args);                                        \
        return result + room[0];                                                                \
    }

WITH_ROOM(print_to_stream, STREAM_ROOM)
WITH_ROOM(print_to_string, STRING_ROOM)
WITH_ROOM(print_floats_to_string, STRING_FLOAT_ROOM)

/** Whether a format asks for a floating-point number. */
static bool has_float(const char *format)
{
    while ((format = strchr(format, '%')) != NULL) {
        format++;
        format += strspn(format, "-+ #0123456789.*'hlLjzt");
        if (*format == '\0') {
            return false;
        }
        if (strchr("aAeEfFgG", *format) != NULL) {
            return true;
        }
        format++;
    }
    return false;
}

int __wrap_vfprintf(FILE *stream, const char *format, va_list args)
{
    if (stream != stdout && stream != stderr) {
        return has_float(format) ? print_floats_to_string(stream, format, args) : print_to_string(stream, format, args);
    }
    sdk_stdio_lock(stream);
    int result = print_to_stream(stream, format, args);
    sdk_stdio_unlock(stream);
    return result;
}

static int put_all(FILE *stream, const char *text, size_t length)
{
    if (!(stream->flags & __SWR)) {
        return EOF;
    }
    while (length-- > 0) {
        if (stream->put(*text++, stream) < 0) {
            return EOF;
        }
    }
    return 0;
}

int fputs(const char *text, FILE *stream)
{
    sdk_stdio_lock(stream);
    int result = put_all(stream, text, strlen(text));
    sdk_stdio_unlock(stream);
    return result;
}

int puts(const char *text)
{
    sdk_stdio_lock(stdout);
    int result = put_all(stdout, text, strlen(text));
    if (result == 0) {
        result = put_all(stdout, "\n", 1);
    }
    sdk_stdio_unlock(stdout);
    return result;
}

int fputc(int c, FILE *stream)
{
    char byte = (char)c;
    sdk_stdio_lock(stream);
    int result = put_all(stream, &byte, 1);
    sdk_stdio_unlock(stream);
    return result == 0 ? (unsigned char)byte : EOF;
}

int putc(int c, FILE *stream)
{
    return fputc(c, stream);
}

int putchar(int c)
{
    return fputc(c, stdout);
}

size_t fwrite(const void *data, size_t size, size_t count, FILE *stream)
{
    size_t done = 0;
    const char *from = data;
    sdk_stdio_lock(stream);
    while (done < count && put_all(stream, from, size) == 0) {
        from += size;
        done++;
    }
    sdk_stdio_unlock(stream);
    return done;
}

/** Reads up to and including a newline; what came before the input ran dry counts, as in newlib. */
char *fgets(char *text, int size, FILE *stream)
{
    int length = 0;
    sdk_stdio_lock(stream);
    while (length < size - 1) {
        int c = fgetc(stream);
        if (c == EOF) {
            break;
        }
        text[length++] = (char)c;
        if (c == '\n') {
            break;
        }
    }
    sdk_stdio_unlock(stream);
    if (length == 0) {
        return NULL;
    }
    text[length] = '\0';
    return text;
}

int getchar(void)
{
    return fgetc(stdin);
}

int fflush(FILE *stream)
{
    if (stream == NULL) {
        return fflush(stdout);
    }
    sdk_stdio_lock(stream);
    int result = stream->flush != NULL ? stream->flush(stream) : 0;
    sdk_stdio_unlock(stream);
    return result;
}
