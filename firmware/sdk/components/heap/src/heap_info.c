// SPDX-License-Identifier: Apache-2.0

/** @file What can be asked about the heap, and its start. */

#include <stdio.h>

#include "allocator.h"
#include "esp_heap_caps.h"
#include "kernel.h"

static bool has(uint32_t caps)
{
    return (caps & (MALLOC_CAP_SPIRAM | MALLOC_CAP_RTCRAM | MALLOC_CAP_IRAM_8BIT | MALLOC_CAP_INVALID)) == 0;
}

size_t heap_caps_get_total_size(uint32_t caps)
{
    return has(caps) ? allocator_total() : 0;
}

size_t heap_caps_get_free_size(uint32_t caps)
{
    return has(caps) ? allocator_free() : 0;
}

size_t heap_caps_get_minimum_free_size(uint32_t caps)
{
    return has(caps) ? allocator_minimum_free() : 0;
}

void heap_caps_get_info(multi_heap_info_t *info, uint32_t caps)
{
    if (!has(caps)) {
        *info = (multi_heap_info_t){0};
        return;
    }
    // The walk may be long: other tasks wait, interrupts do not.
    vTaskSuspendAll();
    allocator_info(info);
    xTaskResumeAll();
}

size_t heap_caps_get_largest_free_block(uint32_t caps)
{
    multi_heap_info_t info;
    heap_caps_get_info(&info, caps);
    return info.largest_free_block;
}

size_t heap_caps_get_allocated_size(void *ptr)
{
    return allocator_size(ptr);
}

void heap_caps_print_heap_info(uint32_t caps)
{
    multi_heap_info_t info;
    heap_caps_get_info(&info, caps);
    printf("Heap summary for capabilities 0x%08x:\n", (unsigned)caps);
    printf("    free %u allocated %u min_free %u largest_free_block %u alloc_blocks %u free_blocks %u "
           "total_blocks %u\n",
           info.total_free_bytes, info.total_allocated_bytes, info.minimum_free_bytes, info.largest_free_block,
           info.allocated_blocks, info.free_blocks, info.total_blocks);
}

bool heap_caps_check_integrity_all(bool print_errors)
{
    vTaskSuspendAll();
    void *damaged = allocator_check();
    xTaskResumeAll();
    if (damaged != NULL && print_errors) {
        printf("CORRUPT HEAP: Block %p has an invalid header\n", damaged);
    }
    return damaged == NULL;
}

bool heap_caps_check_integrity(uint32_t caps, bool print_errors)
{
    return !has(caps) || heap_caps_check_integrity_all(print_errors);
}

bool heap_caps_check_integrity_addr(intptr_t addr, bool print_errors)
{
    (void)addr;
    return heap_caps_check_integrity_all(print_errors);
}

static void print_block(void *payload, size_t size, bool used)
{
    printf("Block %p data, size: %u bytes, Free: %s\n", payload, size, used ? "No" : "Yes");
}

void heap_caps_dump_all(void)
{
    allocator_walk(print_block);
}

void heap_caps_dump(uint32_t caps)
{
    if (has(caps)) {
        heap_caps_dump_all();
    }
}

void heap_caps_malloc_extmem_enable(size_t limit)
{
    (void)limit;
}
