// SPDX-License-Identifier: Apache-2.0

/** @file The heap under FreeRTOS's names. */

#include <stdlib.h>

#include "esp_heap_caps.h"
#include "freertos/FreeRTOS.h"

void *pvPortMalloc(size_t size)
{
    return malloc(size);
}

void vPortFree(void *pointer)
{
    free(pointer);
}

size_t xPortGetFreeHeapSize(void)
{
    return heap_caps_get_free_size(MALLOC_CAP_DEFAULT);
}

size_t xPortGetMinimumEverFreeHeapSize(void)
{
    return heap_caps_get_minimum_free_size(MALLOC_CAP_DEFAULT);
}
