// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file Preprocessor helpers (ESP-IDF's esp_macros.h). */

#include <assert.h>

/** A value the optimiser must take for volatile: the expression of a variable of any type. */
#define ESP_UNUSED(x) ((void)(x))

/** Number of arguments, 0 to 8. */
#define ESP_VA_NARG(...) ESP_VA_NARG_(_, ##__VA_ARGS__, 8, 7, 6, 5, 4, 3, 2, 1, 0)
#define ESP_VA_NARG_(_, _1, _2, _3, _4, _5, _6, _7, _8, N, ...) N

/** Chooses @p B when there are no further arguments, @p A otherwise. */
#define CHOOSE_MACRO_VA_ARG(A, B, ...) CHOOSE_MACRO_VA_ARG_(_, ##__VA_ARGS__, A, A, A, A, A, A, A, A, B)
#define CHOOSE_MACRO_VA_ARG_(_, _1, _2, _3, _4, _5, _6, _7, _8, N, ...) N

/** Marks code that is never reached. */
#define ESP_INFINITE_LOOP() \
    do {                    \
    } while (1)
