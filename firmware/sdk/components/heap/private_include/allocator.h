// SPDX-License-Identifier: Apache-2.0
#pragma once

/**
 * @file
 * The allocator: one region, blocks with boundary tags, free blocks in bins by size (two levels: powers of two, each
 * in eighths), so that every call takes bounded time. Not locked: heap_caps.c does that.
 */

#include <stdbool.h>
#include <stddef.h>

#include "multi_heap.h"

/** Gives the allocator its region. */
void allocator_init(void *start, void *end);
/** Payload of at least @p size bytes, aligned to @p alignment (a power of two, at least 8); NULL when out of memory. */
void *allocator_get(size_t size, size_t alignment);
void allocator_put(void *pointer);
/** Grows or shrinks in place; false when that is not possible. */
bool allocator_resize(void *pointer, size_t size);
/** Usable bytes of a payload. */
size_t allocator_size(void *pointer);
/** Whether @p pointer is one that allocator_get() could have given. */
bool allocator_owns(const void *pointer);
typedef enum {
    ALLOCATOR_IN_USE,
    ALLOCATOR_FREE,    /**< given back already */
    ALLOCATOR_DAMAGED, /**< its header or its neighbour's has been written over, or it never was a block */
} allocator_state_t;
/** What the block behind a payload address is. */
allocator_state_t allocator_state(void *pointer);
void allocator_info(multi_heap_info_t *info);
size_t allocator_total(void);
size_t allocator_free(void);
size_t allocator_minimum_free(void);
/** Walks all blocks; NULL if all is well, or the address of the first damaged one. */
void *allocator_check(void);
/** Calls @p visit for every block. */
void allocator_walk(void (*visit)(void *payload, size_t size, bool used));
