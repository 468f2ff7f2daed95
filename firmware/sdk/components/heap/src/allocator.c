// SPDX-License-Identifier: Apache-2.0

/** @file The allocator. */

#include "allocator.h"

#include <stdint.h>

/** A block: its neighbour's and its own size (header included, multiples of 8), then payload or list links. */
typedef struct block {
    uint32_t before; /**< size of the block before; 0 for the first */
    uint32_t size;   /**< bit 0: in use */
    struct block *next, *prev;
} block_t;

#define USED 1u
#define HEADER 8u
#define SMALLEST 16u
/** Below this, one bin for each size; above, eight for each power of two. */
#define LINEAR 128u
#define LINEAR_SHIFT 7
#define BINS (16 + 8 * 14)

static block_t *bins[BINS];
static uint32_t bin_bits[(BINS + 31) / 32];
static block_t *first, *end; /**< end is a header without payload, marked as used */
static size_t total, free_bytes, minimum_free;

static inline uint32_t size_of(const block_t *block)
{
    return block->size & ~7u;
}

static inline block_t *after(block_t *block)
{
    return (block_t *)((uint8_t *)block + size_of(block));
}

static inline block_t *block_of(void *payload)
{
    return (block_t *)((uint8_t *)payload - HEADER);
}

static inline void *payload_of(block_t *block)
{
    return (uint8_t *)block + HEADER;
}

static uint32_t log2_of(uint32_t value)
{
    uint32_t n = 0;
    while (value >>= 1) {
        n++;
    }
    return n;
}

/** Bin whose blocks have at least the size @p size rounded down to the bin's own. */
static uint32_t bin_of(uint32_t size)
{
    if (size < LINEAR) {
        return size / 8;
    }
    uint32_t power = log2_of(size);
    uint32_t bin = 16 + (power - LINEAR_SHIFT) * 8 + ((size >> (power - 3)) & 7);
    return bin < BINS ? bin : BINS - 1;
}

static void bin_insert(block_t *block)
{
    uint32_t bin = bin_of(size_of(block));
    block->prev = NULL;
    block->next = bins[bin];
    if (block->next != NULL) {
        block->next->prev = block;
    }
    bins[bin] = block;
    bin_bits[bin / 32] |= 1u << (bin % 32);
}

static void bin_remove(block_t *block)
{
    uint32_t bin = bin_of(size_of(block));
    if (block->next != NULL) {
        block->next->prev = block->prev;
    }
    if (block->prev != NULL) {
        block->prev->next = block->next;
    } else {
        bins[bin] = block->next;
        if (block->next == NULL) {
            bin_bits[bin / 32] &= ~(1u << (bin % 32));
        }
    }
}

/** A free block of at least @p size bytes, header included. */
static block_t *find(uint32_t size)
{
    uint32_t bin = bin_of(size);
    // Any block of a higher bin fits; in the size's own bin that must be looked at.
    for (uint32_t i = bin + 1; i < BINS; i = (i / 32 + 1) * 32) {
        uint32_t bits = bin_bits[i / 32] >> (i % 32) << (i % 32);
        if (bits != 0) {
            return bins[i / 32 * 32 + (uint32_t)__builtin_ctz(bits)];
        }
    }
    for (block_t *block = bins[bin]; block != NULL; block = block->next) {
        if (size_of(block) >= size) {
            return block;
        }
    }
    return NULL;
}

static void set_size(block_t *block, uint32_t size, uint32_t used)
{
    block->size = size | used;
    after(block)->before = size;
}

/** Cuts @p block, which is in no bin, to @p size; the rest becomes a free block. */
static void split(block_t *block, uint32_t size)
{
    uint32_t rest = size_of(block) - size;
    if (rest < SMALLEST) {
        return;
    }
    set_size(block, size, block->size & USED);
    block_t *remainder = after(block);
    set_size(remainder, rest, 0);
    block_t *next = after(remainder);
    if (!(next->size & USED)) {
        bin_remove(next);
        set_size(remainder, rest + size_of(next), 0);
    }
    bin_insert(remainder);
}

void allocator_init(void *start, void *stop)
{
    uint32_t from = ((uint32_t)start + 7) & ~7u, to = (uint32_t)stop & ~7u;
    first = (block_t *)from;
    end = (block_t *)(to - HEADER);
    end->size = USED;
    first->before = 0;
    set_size(first, (uint32_t)end - from, 0);
    bin_insert(first);
    total = size_of(first) - HEADER;
    free_bytes = minimum_free = size_of(first);
}

static void account(void)
{
    if (free_bytes < minimum_free) {
        minimum_free = free_bytes;
    }
}

void *allocator_get(size_t size, size_t alignment)
{
    if (size > total) {
        return NULL;
    }
    uint32_t needed = (size + HEADER + 7) & ~7u;
    if (needed < SMALLEST) {
        needed = SMALLEST;
    }
    // To align, room is needed in front for a free block of its own.
    uint32_t slack = alignment > 8 ? alignment + SMALLEST : 0;
    block_t *block = find(needed + slack);
    if (block == NULL) {
        return NULL;
    }
    bin_remove(block);
    if (slack > 0) {
        uint32_t payload = (uint32_t)payload_of(block);
        uint32_t aligned = (payload + alignment - 1) & ~(alignment - 1);
        if (aligned != payload) {
            if (aligned - payload < SMALLEST) {
                aligned += alignment > SMALLEST ? alignment : SMALLEST;
            }
            uint32_t front = aligned - payload, whole = size_of(block);
            set_size(block, front, 0);
            bin_insert(block);
            block = after(block);
            set_size(block, whole - front, 0);
        }
    }
    block->size |= USED;
    split(block, needed);
    free_bytes -= size_of(block);
    account();
    return payload_of(block);
}

void allocator_put(void *pointer)
{
    block_t *block = block_of(pointer);
    free_bytes += size_of(block);
    uint32_t size = size_of(block);
    block_t *next = after(block);
    if (!(next->size & USED)) {
        bin_remove(next);
        size += size_of(next);
    }
    if (block->before != 0) {
        block_t *previous = (block_t *)((uint8_t *)block - block->before);
        if (!(previous->size & USED)) {
            bin_remove(previous);
            size += size_of(previous);
            block = previous;
        }
    }
    set_size(block, size, 0);
    bin_insert(block);
}

bool allocator_resize(void *pointer, size_t size)
{
    block_t *block = block_of(pointer);
    if (size > total) {
        return false;
    }
    uint32_t needed = (size + HEADER + 7) & ~7u, old = size_of(block);
    if (needed < SMALLEST) {
        needed = SMALLEST;
    }
    if (needed > old) {
        block_t *next = after(block);
        if ((next->size & USED) || old + size_of(next) < needed) {
            return false;
        }
        bin_remove(next);
        set_size(block, old + size_of(next), USED);
    }
    split(block, needed);
    free_bytes += old;
    free_bytes -= size_of(block);
    account();
    return true;
}

size_t allocator_size(void *pointer)
{
    return size_of(block_of(pointer)) - HEADER;
}

bool allocator_owns(const void *pointer)
{
    return (uint32_t)pointer > (uint32_t)first && (uint32_t)pointer < (uint32_t)end;
}

allocator_state_t allocator_state(void *pointer)
{
    block_t *block = block_of(pointer);
    uint32_t size = size_of(block);
    if (((uint32_t)pointer & 7) != 0 || (block->size & 6) != 0 || size < SMALLEST ||
        size > (uint32_t)end - (uint32_t)block) {
        return ALLOCATOR_DAMAGED;
    }
    if (!(block->size & USED)) {
        return ALLOCATOR_FREE;
    }
    return after(block)->before == size ? ALLOCATOR_IN_USE : ALLOCATOR_DAMAGED;
}

void allocator_info(multi_heap_info_t *info)
{
    *info = (multi_heap_info_t){.minimum_free_bytes = minimum_free, .total_free_bytes = free_bytes};
    for (block_t *block = first; block != end; block = after(block)) {
        info->total_blocks++;
        if (block->size & USED) {
            info->allocated_blocks++;
            info->total_allocated_bytes += size_of(block) - HEADER;
        } else {
            info->free_blocks++;
            if (size_of(block) - HEADER > info->largest_free_block) {
                info->largest_free_block = size_of(block) - HEADER;
            }
        }
    }
}

size_t allocator_total(void)
{
    return total;
}

size_t allocator_free(void)
{
    return free_bytes;
}

size_t allocator_minimum_free(void)
{
    return minimum_free;
}

void *allocator_check(void)
{
    uint32_t before = 0;
    for (block_t *block = first; block != end; block = after(block)) {
        uint32_t size = size_of(block);
        if (block->before != before || size < SMALLEST || (size & 7) != 0 || size > (uint32_t)end - (uint32_t)block) {
            return block;
        }
        before = size;
    }
    return end->before == before ? NULL : end;
}

void allocator_walk(void (*visit)(void *payload, size_t size, bool used))
{
    for (block_t *block = first; block != end; block = after(block)) {
        visit(payload_of(block), size_of(block) - HEADER, block->size & USED);
    }
}
