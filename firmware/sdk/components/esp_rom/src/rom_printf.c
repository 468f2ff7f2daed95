// SPDX-License-Identifier: Apache-2.0

/** @file printf() for interrupt handlers and panics: no memory, no locks, integers and strings only. */

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "esp_rom_sys.h"
#include "esp_rom_uart.h"

static void (*output)(char) = esp_rom_uart_putc;
static int written;

void esp_rom_install_channel_putc(int channel, void (*putc)(char c))
{
    if (channel == 1) {
        output = putc;
    }
}

void esp_rom_install_uart_printf(void)
{
    output = esp_rom_uart_putc;
}

static void emit(char c)
{
    written++;
    if (output != NULL) {
        output(c);
    }
}

static void pad(char c, int count)
{
    while (count-- > 0) {
        emit(c);
    }
}

/** Digits of @p value in @p base, at the end of a buffer; returns where they begin. */
static char *digits(char *end, unsigned long long value, unsigned base, bool upper)
{
    *--end = '\0';
    do {
        unsigned digit = value % base;
        *--end = (char)(digit < 10 ? '0' + digit : (upper ? 'A' : 'a') + digit - 10);
        value /= base;
    } while (value != 0);
    return end;
}

typedef struct {
    int width, precision;
    bool left, zero, plus, alternate;
    int longs;
} spec_t;

static const char *parse(const char *at, spec_t *spec, va_list *args)
{
    for (;; at++) {
        if (*at == '-') {
            spec->left = true;
        } else if (*at == '0') {
            spec->zero = true;
        } else if (*at == '+') {
            spec->plus = true;
        } else if (*at == '#') {
            spec->alternate = true;
        } else if (*at != ' ') {
            break;
        }
    }
    if (*at == '*') {
        spec->width = va_arg(*args, int);
        at++;
    }
    while (*at >= '0' && *at <= '9') {
        spec->width = spec->width * 10 + *at++ - '0';
    }
    if (*at == '.') {
        at++;
        spec->precision = 0;
        if (*at == '*') {
            spec->precision = va_arg(*args, int);
            at++;
        }
        while (*at >= '0' && *at <= '9') {
            spec->precision = spec->precision * 10 + *at++ - '0';
        }
    }
    while (*at == 'l' || *at == 'h' || *at == 'z' || *at == 't' || *at == 'j') {
        spec->longs += *at == 'l' ? 1 : *at == 'j' ? 2 : 0;
        at++;
    }
    return at;
}

static void emit_field(const spec_t *spec, const char *prefix, const char *text, int length)
{
    int fill = spec->width - length - (int)strlen(prefix);
    if (!spec->left && !spec->zero) {
        pad(' ', fill);
    }
    while (*prefix != '\0') {
        emit(*prefix++);
    }
    if (!spec->left && spec->zero) {
        pad('0', fill);
    }
    while (length-- > 0) {
        emit(*text++);
    }
    if (spec->left) {
        pad(' ', fill);
    }
}

static void emit_number(spec_t *spec, char kind, va_list *args)
{
    char buffer[24];
    const char *prefix = "";
    unsigned long long value;
    if (kind == 'd' || kind == 'i') {
        long long number = spec->longs > 1 ? va_arg(*args, long long) : va_arg(*args, int);
        value = number < 0 ? -(unsigned long long)number : (unsigned long long)number;
        prefix = number < 0 ? "-" : spec->plus ? "+" : "";
    } else if (kind == 'p') {
        value = (uintptr_t)va_arg(*args, void *);
        prefix = "0x";
    } else {
        value = spec->longs > 1 ? va_arg(*args, unsigned long long) : va_arg(*args, unsigned);
        prefix = spec->alternate && kind != 'u' ? "0x" : "";
    }
    unsigned base = kind == 'x' || kind == 'X' || kind == 'p' ? 16 : kind == 'o' ? 8 : 10;
    char *text = digits(buffer + sizeof(buffer), value, base, kind == 'X');
    int length = (int)(buffer + sizeof(buffer) - 1 - text);
    while (length < spec->precision && text > buffer) {
        *--text = '0';
        length++;
    }
    emit_field(spec, prefix, text, length);
}

static void format(const char *at, va_list *args)
{
    for (; *at != '\0'; at++) {
        if (*at != '%') {
            emit(*at);
            continue;
        }
        spec_t spec = {.precision = -1};
        at = parse(at + 1, &spec, args);
        switch (*at) {
        case '\0':
            return;
        case 's': {
            const char *text = va_arg(*args, const char *);
            if (text == NULL) {
                text = "(null)";
            }
            int length = (int)(spec.precision >= 0 ? strnlen(text, (size_t)spec.precision) : strlen(text));
            spec.zero = false;
            emit_field(&spec, "", text, length);
            break;
        }
        case 'c': {
            char c = (char)va_arg(*args, int);
            emit_field(&spec, "", &c, 1);
            break;
        }
        case 'd':
        case 'i':
        case 'u':
        case 'x':
        case 'X':
        case 'o':
        case 'p':
            emit_number(&spec, *at, args);
            break;
        default:
            emit(*at);
            break;
        }
    }
}

int esp_rom_printf(const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    written = 0;
    format(fmt, &args);
    va_end(args);
    return written;
}
