// SPDX-License-Identifier: Apache-2.0

/** @file Allocation with a list of acceptable capabilities. */

#include <stdarg.h>

#include "esp_heap_caps.h"

void *heap_caps_malloc_prefer(size_t size, size_t num, ...)
{
    void *pointer = NULL;
    va_list caps;
    va_start(caps, num);
    while (pointer == NULL && num-- > 0) {
        pointer = heap_caps_malloc(size, va_arg(caps, uint32_t));
    }
    va_end(caps);
    return pointer;
}

void *heap_caps_calloc_prefer(size_t n, size_t size, size_t num, ...)
{
    void *pointer = NULL;
    va_list caps;
    va_start(caps, num);
    while (pointer == NULL && num-- > 0) {
        pointer = heap_caps_calloc(n, size, va_arg(caps, uint32_t));
    }
    va_end(caps);
    return pointer;
}

void *heap_caps_realloc_prefer(void *ptr, size_t size, size_t num, ...)
{
    void *pointer = NULL;
    va_list caps;
    va_start(caps, num);
    while (pointer == NULL && num-- > 0) {
        pointer = heap_caps_realloc(ptr, size, va_arg(caps, uint32_t));
    }
    va_end(caps);
    return pointer;
}
