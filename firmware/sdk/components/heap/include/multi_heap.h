// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file What heap_caps_get_info() reports (ESP-IDF's multi_heap.h). Sizes in bytes, counts in blocks. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    size_t total_free_bytes;
    size_t total_allocated_bytes;
    size_t largest_free_block;
    size_t minimum_free_bytes;
    size_t allocated_blocks;
    size_t free_blocks;
    size_t total_blocks;
} multi_heap_info_t;
