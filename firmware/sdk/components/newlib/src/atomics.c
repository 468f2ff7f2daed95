// SPDX-License-Identifier: Apache-2.0

/**
 * @file
 * Atomic operations: the chip has no instructions for them, so the compiler calls these. With one core, masking
 * interrupts makes them atomic.
 */

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "kernel.h"

#define LOAD_STORE(n, type)                                                                                      \
    type sdk_atomic_load_##n(const volatile void *at, int order) __asm__("__atomic_load_" #n);                   \
    type sdk_atomic_load_##n(const volatile void *at, int order)                                                 \
    {                                                                                                            \
        (void)order;                                                                                             \
        uint32_t state = k_mask();                                                                               \
        type value = *(const volatile type *)at;                                                                 \
        k_unmask(state);                                                                                         \
        return value;                                                                                            \
    }                                                                                                            \
    void sdk_atomic_store_##n(volatile void *at, type value, int order) __asm__("__atomic_store_" #n);           \
    void sdk_atomic_store_##n(volatile void *at, type value, int order)                                          \
    {                                                                                                            \
        (void)order;                                                                                             \
        uint32_t state = k_mask();                                                                               \
        *(volatile type *)at = value;                                                                            \
        k_unmask(state);                                                                                         \
    }                                                                                                            \
    type sdk_atomic_exchange_##n(volatile void *at, type value, int order) __asm__("__atomic_exchange_" #n);     \
    type sdk_atomic_exchange_##n(volatile void *at, type value, int order)                                       \
    {                                                                                                            \
        (void)order;                                                                                             \
        uint32_t state = k_mask();                                                                               \
        type before = *(volatile type *)at;                                                                      \
        *(volatile type *)at = value;                                                                            \
        k_unmask(state);                                                                                         \
        return before;                                                                                           \
    }                                                                                                            \
    bool sdk_atomic_cas_##n(volatile void *at, void *expected, type desired, bool weak, int success, int failure) \
        __asm__("__atomic_compare_exchange_" #n);                                                                \
    bool sdk_atomic_cas_##n(volatile void *at, void *expected, type desired, bool weak, int success, int failure) \
    {                                                                                                            \
        (void)weak;                                                                                              \
        (void)success;                                                                                           \
        (void)failure;                                                                                           \
        uint32_t state = k_mask();                                                                               \
        type before = *(volatile type *)at;                                                                      \
        bool same = before == *(type *)expected;                                                                 \
        if (same) {                                                                                              \
            *(volatile type *)at = desired;                                                                      \
        } else {                                                                                                 \
            *(type *)expected = before;                                                                          \
        }                                                                                                        \
        k_unmask(state);                                                                                         \
        return same;                                                                                             \
    }                                                                                                            \
    type sdk_sync_cas_##n(volatile void *at, type expected, type desired)                                        \
        __asm__("__sync_val_compare_and_swap_" #n);                                                              \
    type sdk_sync_cas_##n(volatile void *at, type expected, type desired)                                        \
    {                                                                                                            \
        sdk_atomic_cas_##n(at, &expected, desired, false, 0, 0);                                                 \
        return expected;                                                                                         \
    }                                                                                                            \
    bool sdk_sync_bool_cas_##n(volatile void *at, type expected, type desired)                                   \
        __asm__("__sync_bool_compare_and_swap_" #n);                                                             \
    bool sdk_sync_bool_cas_##n(volatile void *at, type expected, type desired)                                   \
    {                                                                                                            \
        return sdk_atomic_cas_##n(at, &expected, desired, false, 0, 0);                                          \
    }

#define FETCH(n, type, name, expression)                                                                  \
    type sdk_atomic_fetch_##name##_##n(volatile void *at, type value, int order)                          \
        __asm__("__atomic_fetch_" #name "_" #n);                                                          \
    type sdk_atomic_fetch_##name##_##n(volatile void *at, type value, int order)                          \
    {                                                                                                     \
        (void)order;                                                                                      \
        uint32_t state = k_mask();                                                                        \
        type before = *(volatile type *)at;                                                               \
        *(volatile type *)at = (type)(expression);                                                        \
        k_unmask(state);                                                                                  \
        return before;                                                                                    \
    }                                                                                                     \
    type sdk_atomic_##name##_fetch_##n(volatile void *at, type value, int order)                          \
        __asm__("__atomic_" #name "_fetch_" #n);                                                          \
    type sdk_atomic_##name##_fetch_##n(volatile void *at, type value, int order)                          \
    {                                                                                                     \
        type before = sdk_atomic_fetch_##name##_##n(at, value, order);                                    \
        return (type)(expression);                                                                        \
    }                                                                                                     \
    type sdk_sync_fetch_##name##_##n(volatile void *at, type value)                                       \
        __asm__("__sync_fetch_and_" #name "_" #n);                                                        \
    type sdk_sync_fetch_##name##_##n(volatile void *at, type value)                                       \
    {                                                                                                     \
        return sdk_atomic_fetch_##name##_##n(at, value, 0);                                               \
    }                                                                                                     \
    type sdk_sync_##name##_fetch_##n(volatile void *at, type value) __asm__("__sync_" #name "_and_fetch_" #n); \
    type sdk_sync_##name##_fetch_##n(volatile void *at, type value)                                       \
    {                                                                                                     \
        return sdk_atomic_##name##_fetch_##n(at, value, 0);                                               \
    }

#define ALL(n, type)                         \
    LOAD_STORE(n, type)                      \
    FETCH(n, type, add, before + value)      \
    FETCH(n, type, sub, before - value)      \
    FETCH(n, type, and, before &value)       \
    FETCH(n, type, or, before | value)       \
    FETCH(n, type, xor, before ^ value)      \
    FETCH(n, type, nand, ~(before & value))

ALL(1, uint8_t)
ALL(2, uint16_t)
ALL(4, uint32_t)
ALL(8, uint64_t)

/** Objects of other sizes. */
void sdk_atomic_load(size_t size, const volatile void *from, void *to, int order) __asm__("__atomic_load");
void sdk_atomic_load(size_t size, const volatile void *from, void *to, int order)
{
    (void)order;
    uint32_t state = k_mask();
    memcpy(to, (const void *)from, size);
    k_unmask(state);
}

void sdk_atomic_store(size_t size, volatile void *to, void *from, int order) __asm__("__atomic_store");
void sdk_atomic_store(size_t size, volatile void *to, void *from, int order)
{
    (void)order;
    uint32_t state = k_mask();
    memcpy((void *)to, from, size);
    k_unmask(state);
}

void sdk_atomic_exchange(size_t size, volatile void *at, void *value, void *before, int order)
    __asm__("__atomic_exchange");
void sdk_atomic_exchange(size_t size, volatile void *at, void *value, void *before, int order)
{
    (void)order;
    uint32_t state = k_mask();
    memcpy(before, (const void *)at, size);
    memcpy((void *)at, value, size);
    k_unmask(state);
}

bool sdk_atomic_cas(size_t size, volatile void *at, void *expected, void *desired, int success, int failure)
    __asm__("__atomic_compare_exchange");
bool sdk_atomic_cas(size_t size, volatile void *at, void *expected, void *desired, int success, int failure)
{
    (void)success;
    (void)failure;
    uint32_t state = k_mask();
    bool same = memcmp((const void *)at, expected, size) == 0;
    if (same) {
        memcpy((void *)at, desired, size);
    } else {
        memcpy(expected, (const void *)at, size);
    }
    k_unmask(state);
    return same;
}

bool sdk_atomic_is_lock_free(size_t size, const volatile void *at) __asm__("__atomic_is_lock_free");
bool sdk_atomic_is_lock_free(size_t size, const volatile void *at)
{
    (void)at;
    return size <= 8;
}
