// SPDX-License-Identifier: Apache-2.0

/** @file What a failed ESP_ERROR_CHECK says. */

#include "esp_err.h"

#include <stdlib.h>

#include "esp_cpu.h"
#include "esp_rom_sys.h"

static void print_failure(const char *what, esp_err_t rc, const char *file, int line, const char *function,
                          const char *expression, void *from)
{
    esp_rom_printf("%s failed: esp_err_t 0x%x (%s) at 0x%08x\n", what, (unsigned)rc, esp_err_to_name(rc),
                   (unsigned)esp_cpu_get_call_addr((intptr_t)from));
    esp_rom_printf("file: \"%s\" line %d\nfunc: %s\nexpression: %s\n", file, line, function, expression);
}

void _esp_error_check_failed_without_abort(esp_err_t rc, const char *file, int line, const char *function,
                                           const char *expression)
{
    print_failure("ESP_ERROR_CHECK_WITHOUT_ABORT", rc, file, line, function, expression, __builtin_return_address(0));
}

void _esp_error_check_failed(esp_err_t rc, const char *file, int line, const char *function, const char *expression)
{
    print_failure("ESP_ERROR_CHECK", rc, file, line, function, expression, __builtin_return_address(0));
    abort();
}
