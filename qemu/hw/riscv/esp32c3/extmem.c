/*
 * ESP32-C3: cache controller and flash MMU table.
 *
 * There is no cache to operate: flash is mapped linearly and every operation
 * is done when it is asked for. The MMU table is storage.
 *
 * Source: ESP-IDF, soc/esp32c3/include/soc/extmem_reg.h.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "extmem.h"

#define A_LOCK_CTRL     0x1c
#define A_SYNC_CTRL     0x28
#define A_PRELOAD_CTRL  0x34
#define A_AUTOLOAD_CTRL 0x40
#define A_FREEZE        0xcc

#define LOCK_ENA        3u /* lock, unlock */
#define LOCK_DONE       BIT(2)
#define SYNC_ENA        BIT(0)
#define SYNC_DONE       BIT(1)
#define PRELOAD_ENA     BIT(0)
#define PRELOAD_DONE    BIT(1)
#define AUTOLOAD_DONE   BIT(3)
#define FREEZE_ENA      BIT(0)
#define FREEZE_DONE     BIT(2)

static uint32_t extmem_read(Esp32c3Regs *r, hwaddr offset)
{
    uint32_t value = esp32c3_regs_get(r, offset);

    switch (offset) {
    case A_LOCK_CTRL:
        return (value & ~LOCK_ENA) | LOCK_DONE;
    case A_SYNC_CTRL:
        return (value & ~SYNC_ENA) | SYNC_DONE;
    case A_PRELOAD_CTRL:
        return (value & ~PRELOAD_ENA) | PRELOAD_DONE;
    case A_AUTOLOAD_CTRL:
        return value | AUTOLOAD_DONE;
    case A_FREEZE:
        return value & FREEZE_ENA ? value | FREEZE_DONE : value & ~FREEZE_DONE;
    default:
        return value;
    }
}

static const Esp32c3ResetValue extmem_reset_values[] = {
    { 0x000, 0x00000001 }, /* ICACHE_CTRL: on, as the ROM leaves it */
    { 0x008, 0x00000005 }, /* ICACHE_TAG_POWER_CTRL */
    { 0x054, 0x42000000 }, /* IBUS_TO_FLASH_START_VADDR */
    { 0x058, 0x427fffff }, /* IBUS_TO_FLASH_END_VADDR */
    { 0x05c, 0x3c000000 }, /* DBUS_TO_FLASH_START_VADDR */
    { 0x060, 0x3c7fffff }, /* DBUS_TO_FLASH_END_VADDR */
    { 0x094, 0xffffffff }, /* CORE0_DBUS_REJECT_VADDR */
    { 0x09c, 0xffffffff }, /* CORE0_IBUS_REJECT_VADDR */
    { 0x0ac, 0x00000005 }, /* CACHE_MMU_POWER_CTRL */
    { 0x0b0, 0x00000001 }, /* CACHE_STATE: idle */
    { 0x0b8, 0x00000007 }, /* CACHE_ENCRYPT_DECRYPT_CLK_FORCE_ON */
    { 0x0c8, 0x00000007 }, /* CACHE_CONF_MISC */
    { 0x0d0, 0x00000001 }, /* ICACHE_ATOMIC_OPERATE_ENA */
    { 0x100, 0x00000001 }, /* CLOCK_GATE */
    { 0x3fc, 0x02007160 }, /* DATE */
};

static void extmem_class_init(ObjectClass *klass, void *data)
{
    Esp32c3RegsClass *rc = ESP32C3_REGS_CLASS(klass);

    rc->size = 0x2000; /* the MMU table is the second page */
    rc->reset_values = extmem_reset_values;
    rc->n_reset_values = ARRAY_SIZE(extmem_reset_values);
    rc->read = extmem_read;
}

static const TypeInfo extmem_types[] = {
    {
        .name = TYPE_ESP32C3_EXTMEM,
        .parent = TYPE_ESP32C3_REGS,
        .class_init = extmem_class_init,
    },
};

DEFINE_TYPES(extmem_types)
