// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file The port's calls that are not macros (FreeRTOS's portable.h). */

#include <stddef.h>
#include <stdint.h>

#include "freertos/portmacro.h"

#ifdef __cplusplus
extern "C" {
#endif

/** malloc() for kernel objects; NULL when out of memory. */
void *pvPortMalloc(size_t size);
/** Gives back what pvPortMalloc() gave; NULL is allowed. */
void vPortFree(void *pointer);
/** Free bytes of the heap. */
size_t xPortGetFreeHeapSize(void);
/** Fewest bytes that were ever free. */
size_t xPortGetMinimumEverFreeHeapSize(void);
/** configTICK_RATE_HZ. */
uint32_t xPortGetTickRateHz(void);
/** Stops the tick for good; used on the way into a panic. */
void vPortEndScheduler(void);

#ifdef __cplusplus
}
#endif
