// SPDX-License-Identifier: Apache-2.0

/** @file memcpy(), memmove() and memset() by words: picolibc's are made for size and go byte by byte. */

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/** A word that may alias anything. */
typedef uint32_t __attribute__((may_alias)) word_t;

__attribute__((optimize("no-tree-loop-distribute-patterns"))) void *memcpy(void *restrict to, const void *restrict from,
                                                                          size_t size)
{
    uint8_t *d = to;
    const uint8_t *s = from;
    if (size >= 16) {
        while ((uintptr_t)d & 3) {
            *d++ = *s++;
            size--;
        }
        word_t *dw = (word_t *)d;
        if (((uintptr_t)s & 3) == 0) {
            const word_t *sw = (const word_t *)s;
            for (; size >= 32; size -= 32, dw += 8, sw += 8) {
                word_t a = sw[0], b = sw[1], c = sw[2], e = sw[3], f = sw[4], g = sw[5], h = sw[6], i = sw[7];
                dw[0] = a;
                dw[1] = b;
                dw[2] = c;
                dw[3] = e;
                dw[4] = f;
                dw[5] = g;
                dw[6] = h;
                dw[7] = i;
            }
            for (; size >= 4; size -= 4) {
                *dw++ = *sw++;
            }
            s = (const uint8_t *)sw;
        } else {
            // Words are put together from two aligned ones; never beyond the word that holds the last byte.
            unsigned shift = ((uintptr_t)s & 3) * 8;
            const word_t *sw = (const word_t *)((uintptr_t)s & ~(uintptr_t)3);
            word_t low = *sw++;
            for (; size >= 8; size -= 4, s += 4) {
                word_t high = *sw++;
                *dw++ = low >> shift | high << (32 - shift);
                low = high;
            }
        }
        d = (uint8_t *)dw;
    }
    while (size-- > 0) {
        *d++ = *s++;
    }
    return to;
}

__attribute__((optimize("no-tree-loop-distribute-patterns"))) void *memmove(void *to, const void *from, size_t size)
{
    uint8_t *d = to;
    const uint8_t *s = from;
    if (d <= s || d >= s + size) {
        if (d + size <= s || d >= s + size) {
            return memcpy(to, from, size);
        }
        if ((((uintptr_t)d | (uintptr_t)s) & 3) == 0) {
            for (; size >= 4; size -= 4, d += 4, s += 4) {
                *(word_t *)d = *(const word_t *)s;
            }
        }
        while (size-- > 0) {
            *d++ = *s++;
        }
        return to;
    }
    d += size;
    s += size;
    if ((((uintptr_t)d | (uintptr_t)s) & 3) == 0) {
        for (; size >= 4; size -= 4) {
            d -= 4;
            s -= 4;
            *(word_t *)d = *(const word_t *)s;
        }
    }
    while (size-- > 0) {
        *--d = *--s;
    }
    return to;
}

__attribute__((optimize("no-tree-loop-distribute-patterns"))) void *memset(void *to, int value, size_t size)
{
    uint8_t *d = to;
    uint8_t byte = (uint8_t)value;
    if (size >= 8) {
        while ((uintptr_t)d & 3) {
            *d++ = byte;
            size--;
        }
        word_t word = byte * 0x01010101u;
        word_t *dw = (word_t *)d;
        for (; size >= 16; size -= 16, dw += 4) {
            dw[0] = word;
            dw[1] = word;
            dw[2] = word;
            dw[3] = word;
        }
        for (; size >= 4; size -= 4) {
            *dw++ = word;
        }
        d = (uint8_t *)dw;
    }
    while (size-- > 0) {
        *d++ = byte;
    }
    return to;
}
