// SPDX-License-Identifier: Apache-2.0

/**
 * @file
 * assert() as in ESP-IDF: the message names the file without its folders, and with NDEBUG the expression is still
 * evaluated. No include guard: NDEBUG may change between two inclusions.
 */

#include_next <assert.h>

#undef assert
#undef __FILENAME__
#define __FILENAME__ (__builtin_strrchr("/" __FILE__, '/') + 1)

#ifdef NDEBUG
#define assert(expression) ((void)(expression))
#else
#define assert(expression)                 \
    (__builtin_expect(!!(expression), 1)   \
         ? (void)0                         \
         : __assert_func(__FILENAME__, __LINE__, __ASSERT_FUNC, #expression))
#endif
