// SPDX-License-Identifier: Apache-2.0
#pragma once

/** @file Placement attributes (ESP-IDF's esp_attr.h). Sections are laid out by esp32c3.ld. */

#include "sdkconfig.h"

#define ESP_ATTR_STRINGIFY_(x) #x
#define ESP_ATTR_STRINGIFY(x) ESP_ATTR_STRINGIFY_(x)
#define _SECTION_ATTR_IMPL(SECTION, COUNTER) __attribute__((section(SECTION "." ESP_ATTR_STRINGIFY(COUNTER))))

/** Code in internal RAM instead of flash. */
#define IRAM_ATTR _SECTION_ATTR_IMPL(".iram1", __COUNTER__)
/** Code in internal RAM, inlined whatever the optimiser thinks. */
#define FORCE_IRAM_ATTR _SECTION_ATTR_IMPL(".iram1", __COUNTER__)
/** Read-only data in internal RAM instead of flash. */
#define DRAM_ATTR _SECTION_ATTR_IMPL(".dram1", __COUNTER__)
/** Data in internal RAM; on this chip the same as DRAM_ATTR. */
#define IRAM_DATA_ATTR DRAM_ATTR
/** Zeroed data in internal RAM; on this chip every .bss is. */
#define IRAM_BSS_ATTR
/** Word-aligned for DMA. */
#define WORD_ALIGNED_ATTR __attribute__((aligned(4)))
#define DMA_ATTR WORD_ALIGNED_ATTR DRAM_ATTR
/** A string literal kept in internal RAM. */
#define DRAM_STR(str)                        \
    (__extension__({                         \
        static const DRAM_ATTR char __c[] = (str); \
        (const char *)&__c;                  \
    }))
/** Code and data in RTC memory. */
#define RTC_IRAM_ATTR _SECTION_ATTR_IMPL(".rtc.text", __COUNTER__)
#define RTC_DATA_ATTR _SECTION_ATTR_IMPL(".rtc.data", __COUNTER__)
#define RTC_RODATA_ATTR _SECTION_ATTR_IMPL(".rtc.rodata", __COUNTER__)
#define RTC_FAST_ATTR _SECTION_ATTR_IMPL(".rtc.data", __COUNTER__)
#define RTC_SLOW_ATTR _SECTION_ATTR_IMPL(".rtc.data", __COUNTER__)
/** Data that keeps its value over a reset; internal RAM and RTC memory. */
#define __NOINIT_ATTR _SECTION_ATTR_IMPL(".noinit", __COUNTER__)
#define RTC_NOINIT_ATTR _SECTION_ATTR_IMPL(".rtc_noinit", __COUNTER__)
/** No external RAM on this chip: ordinary memory. */
#define EXT_RAM_ATTR
#define EXT_RAM_BSS_ATTR
#define EXT_RAM_NOINIT_ATTR __NOINIT_ATTR
/** Constant data that stays in flash. */
#define COREDUMP_IRAM_DATA_ATTR
#define COREDUMP_DRAM_ATTR
#define COREDUMP_RTC_DATA_ATTR RTC_DATA_ATTR
#define COREDUMP_RTC_FAST_ATTR RTC_DATA_ATTR

#define FORCE_INLINE_ATTR static inline __attribute__((always_inline))
#define NOINLINE_ATTR __attribute__((noinline))
#define PACKED_ATTR __attribute__((packed))
/** Marks an identifier as one that only the IDF's own code should use; no effect. */
#define IDF_DEPRECATED(REASON) __attribute__((deprecated(REASON)))

/** Bit operators for an enumeration used as flags. */
#ifdef __cplusplus
#define FLAG_ATTR_IMPL_(TYPE, INT_TYPE)                                                                      \
    constexpr TYPE operator~(TYPE a) { return (TYPE) ~(INT_TYPE)a; }                                         \
    constexpr TYPE operator|(TYPE a, TYPE b) { return (TYPE)((INT_TYPE)a | (INT_TYPE)b); }                   \
    constexpr TYPE operator&(TYPE a, TYPE b) { return (TYPE)((INT_TYPE)a & (INT_TYPE)b); }                   \
    constexpr TYPE operator^(TYPE a, TYPE b) { return (TYPE)((INT_TYPE)a ^ (INT_TYPE)b); }                   \
    inline TYPE &operator|=(TYPE &a, TYPE b) { a = a | b; return a; }                                        \
    inline TYPE &operator&=(TYPE &a, TYPE b) { a = a & b; return a; }                                        \
    inline TYPE &operator^=(TYPE &a, TYPE b) { a = a ^ b; return a; }
#define FLAG_ATTR(TYPE) FLAG_ATTR_IMPL_(TYPE, unsigned int)
#define FLAG_ATTR_U32(TYPE) FLAG_ATTR_IMPL_(TYPE, unsigned int)
#else
#define FLAG_ATTR(TYPE)
#define FLAG_ATTR_U32(TYPE)
#endif
