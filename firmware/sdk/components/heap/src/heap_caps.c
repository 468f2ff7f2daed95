// SPDX-License-Identifier: Apache-2.0

/** @file Allocation by capabilities, and malloc() and its family. */

#include "esp_heap_caps.h"

#include <assert.h>
#include <errno.h>
#include <malloc.h>
#include <string.h>

#include "allocator.h"
#include "kernel.h"

/** What the one heap can do. */
#define HEAP_CAPS                                                                                              \
    (MALLOC_CAP_EXEC | MALLOC_CAP_32BIT | MALLOC_CAP_8BIT | MALLOC_CAP_DMA | MALLOC_CAP_INTERNAL |             \
     MALLOC_CAP_DEFAULT | MALLOC_CAP_RETENTION)

static esp_alloc_failed_hook_t failed_hook;

static bool heap_can(uint32_t caps)
{
    return (caps & ~(uint32_t)HEAP_CAPS) == 0;
}

static void *get(size_t size, size_t alignment, uint32_t caps, const char *function)
{
    void *pointer = NULL;
    if (heap_can(caps) && size > 0) {
        uint32_t state = k_mask();
        pointer = allocator_get(size, alignment < 8 ? 8 : alignment);
        k_unmask(state);
    }
    if (pointer == NULL && size > 0 && failed_hook != NULL) {
        failed_hook(size, caps, function);
    }
    return pointer;
}

esp_err_t heap_caps_register_failed_alloc_callback(esp_alloc_failed_hook_t callback)
{
    if (callback == NULL) {
        return ESP_ERR_INVALID_ARG;
    }
    failed_hook = callback;
    return ESP_OK;
}

void *heap_caps_malloc(size_t size, uint32_t caps)
{
    return get(size, 8, caps, __func__);
}

void heap_caps_free(void *heap)
{
    if (heap == NULL) {
        return;
    }
    assert(allocator_owns(heap) && "free() target pointer is outside heap areas");
    uint32_t state = k_mask();
    allocator_state_t block = allocator_state(heap);
    if (block == ALLOCATOR_IN_USE) {
        allocator_put(heap);
    }
    k_unmask(state);
    if (block == ALLOCATOR_FREE) {
        // ESP-IDF's words, by which its users know the mistake.
        __assert_func("tlsf.c", 1120, "tlsf_free", "!block_is_free(block) && \"block already marked as free\"");
    }
    assert(block == ALLOCATOR_IN_USE && "heap corrupted: something wrote past the end of its memory");
}

void *heap_caps_realloc(void *ptr, size_t size, uint32_t caps)
{
    if (ptr == NULL) {
        return heap_caps_malloc(size, caps);
    }
    if (size == 0) {
        heap_caps_free(ptr);
        return NULL;
    }
    assert(allocator_owns(ptr) && "realloc() pointer is outside heap areas");
    if (!heap_can(caps)) {
        return NULL;
    }
    uint32_t state = k_mask();
    bool resized = allocator_resize(ptr, size);
    size_t old = allocator_size(ptr);
    k_unmask(state);
    if (resized) {
        return ptr;
    }
    void *copy = get(size, 8, caps, __func__);
    if (copy != NULL) {
        memcpy(copy, ptr, old < size ? old : size);
        heap_caps_free(ptr);
    }
    return copy;
}

void *heap_caps_calloc(size_t n, size_t size, uint32_t caps)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes)) {
        return NULL;
    }
    void *pointer = get(bytes, 8, caps, __func__);
    if (pointer != NULL) {
        memset(pointer, 0, bytes);
    }
    return pointer;
}

void *heap_caps_aligned_alloc(size_t alignment, size_t size, uint32_t caps)
{
    if (alignment == 0 || (alignment & (alignment - 1)) != 0) {
        return NULL;
    }
    return get(size, alignment, caps, __func__);
}

void *heap_caps_aligned_calloc(size_t alignment, size_t n, size_t size, uint32_t caps)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes)) {
        return NULL;
    }
    void *pointer = heap_caps_aligned_alloc(alignment, bytes, caps);
    if (pointer != NULL) {
        memset(pointer, 0, bytes);
    }
    return pointer;
}

void heap_caps_aligned_free(void *ptr)
{
    heap_caps_free(ptr);
}

/** Like ESP-IDF's, these three leave errno alone. */
void *malloc(size_t size)
{
    return get(size, 8, MALLOC_CAP_DEFAULT, "heap_caps_malloc_default");
}

void free(void *pointer)
{
    heap_caps_free(pointer);
}

void *calloc(size_t n, size_t size)
{
    return heap_caps_calloc(n, size, MALLOC_CAP_DEFAULT);
}

void *realloc(void *pointer, size_t size)
{
    return heap_caps_realloc(pointer, size, MALLOC_CAP_DEFAULT);
}

void *memalign(size_t alignment, size_t size)
{
    return heap_caps_aligned_alloc(alignment, size, MALLOC_CAP_DEFAULT);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return heap_caps_aligned_alloc(alignment, size, MALLOC_CAP_DEFAULT);
}

int posix_memalign(void **out, size_t alignment, size_t size)
{
    if (alignment < sizeof(void *) || (alignment & (alignment - 1)) != 0) {
        return EINVAL;
    }
    if (size == 0) {
        *out = NULL;
        return 0;
    }
    *out = heap_caps_aligned_alloc(alignment, size, MALLOC_CAP_DEFAULT);
    return *out == NULL ? ENOMEM : 0;
}

size_t malloc_usable_size(void *pointer)
{
    return pointer == NULL ? 0 : allocator_size(pointer);
}
