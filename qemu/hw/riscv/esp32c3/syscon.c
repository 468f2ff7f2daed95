/*
 * ESP32-C3: system controller (SYSCON, also called APB_CTRL).
 *
 * Modelled: the random number register. A word that is not on the chip tells
 * software that it runs under QEMU. The rest is storage.
 *
 * Source: ESP-IDF, soc/esp32c3/include/soc/syscon_reg.h.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/guest-random.h"
#include "qemu/module.h"
#include "syscon.h"

#define A_RND_DATA    0x0b0
#define A_QEMU_MARKER 0x3f8

#define QEMU_MARKER   0x51454d55 /* "QEMU" */

static uint32_t syscon_read(Esp32c3Regs *r, hwaddr offset)
{
    uint32_t value;

    if (offset == A_RND_DATA) {
        qemu_guest_getrandom_nofail(&value, sizeof(value));
        return value;
    }
    return esp32c3_regs_get(r, offset);
}

static void syscon_write(Esp32c3Regs *r, hwaddr offset, uint32_t value)
{
    if (offset != A_QEMU_MARKER) {
        esp32c3_regs_set(r, offset, value);
    }
}

static const Esp32c3ResetValue syscon_reset_values[] = {
    { 0x000, 0x00000001 }, /* SYSCLK_CONF */
    { 0x004, 0x00010727 }, /* TICK_CONF */
    { 0x008, 0x000007ff }, /* CLK_OUT_EN */
    { 0x014, 0xfffce030 }, /* WIFI_CLK_EN */
    { 0x018, 0xfffce030 }, /* WIFI_RST_EN */
    { 0x028, 0x00000003 }, /* FLASH_ACE0_ATTR */
    { 0x02c, 0x00000003 }, /* FLASH_ACE1_ATTR */
    { 0x030, 0x00000003 }, /* FLASH_ACE2_ATTR */
    { 0x034, 0x00000003 }, /* FLASH_ACE3_ATTR */
    { 0x03c, 0x00400000 }, /* FLASH_ACE1_ADDR */
    { 0x040, 0x00800000 }, /* FLASH_ACE2_ADDR */
    { 0x044, 0x00c00000 }, /* FLASH_ACE3_ADDR */
    { 0x048, 0x00000400 }, /* FLASH_ACE0_SIZE */
    { 0x04c, 0x00000400 }, /* FLASH_ACE1_SIZE */
    { 0x050, 0x00000400 }, /* FLASH_ACE2_SIZE */
    { 0x054, 0x00000400 }, /* FLASH_ACE3_SIZE */
    { 0x09c, 0x00000015 }, /* FRONT_END_MEM_PD */
    { 0x0b4, 0x00006480 }, /* PERI_BACKUP_CONFIG */
    { A_QEMU_MARKER, QEMU_MARKER },
    { 0x3fc, 0x02007210 }, /* DATE */
};

static void syscon_class_init(ObjectClass *klass, void *data)
{
    Esp32c3RegsClass *rc = ESP32C3_REGS_CLASS(klass);

    rc->size = 0x400;
    rc->reset_values = syscon_reset_values;
    rc->n_reset_values = ARRAY_SIZE(syscon_reset_values);
    rc->read = syscon_read;
    rc->write = syscon_write;
}

static const TypeInfo syscon_types[] = {
    {
        .name = TYPE_ESP32C3_SYSCON,
        .parent = TYPE_ESP32C3_REGS,
        .class_init = syscon_class_init,
    },
};

DEFINE_TYPES(syscon_types)
