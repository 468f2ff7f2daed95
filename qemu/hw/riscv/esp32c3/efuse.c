/*
 * ESP32-C3: eFuse controller.
 *
 * A chip as it leaves the factory: a base MAC address, chip revision v0.3,
 * nothing else burnt. Reading takes no time; burning is ignored.
 *
 * Sources: ESP-IDF, soc/esp32c3/include/soc/efuse_reg.h and
 * hal/esp32c3/include/hal/efuse_ll.h.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "hw/qdev-properties.h"
#include "qemu/bswap.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "efuse.h"

#define A_PGM_END          0x02c /* the programming buffer is below */
#define A_RD_MAC_SPI_SYS_0 0x044
#define A_RD_MAC_SPI_SYS_1 0x048
#define A_RD_MAC_SPI_SYS_3 0x050
#define A_RD_END           0x17c /* the fuses are below */
#define A_CMD              0x1d4
#define A_STATUS           0x1d0

#define WAFER_VERSION_MINOR_LO_SHIFT 18
#define CHIP_REVISION_MINOR 3
#define CMD_PGM             BIT(1)

static uint32_t efuse_read(Esp32c3Regs *r, hwaddr offset)
{
    Esp32c3Efuse *s = ESP32C3_EFUSE(r);

    switch (offset) {
    case A_RD_MAC_SPI_SYS_0:
        return ldl_be_p(s->mac.a + 2);
    case A_RD_MAC_SPI_SYS_1:
        return lduw_be_p(s->mac.a);
    default:
        return esp32c3_regs_get(r, offset);
    }
}

static void efuse_write(Esp32c3Regs *r, hwaddr offset, uint32_t value)
{
    if (offset >= A_PGM_END && offset < A_RD_END) {
        return;
    }
    if (offset == A_CMD) {
        if (value & CMD_PGM) {
            qemu_log_mask(LOG_UNIMP, "esp32c3-efuse: burning is ignored\n");
        }
        return; /* done at once */
    }
    esp32c3_regs_set(r, offset, value);
}

static Property efuse_properties[] = {
    DEFINE_PROP_MACADDR("mac", Esp32c3Efuse, mac),
    DEFINE_PROP_END_OF_LIST(),
};

static const Esp32c3ResetValue efuse_reset_values[] = {
    { A_RD_MAC_SPI_SYS_3, CHIP_REVISION_MINOR << WAFER_VERSION_MINOR_LO_SHIFT },
    { 0x1c8, 0x00000002 }, /* CLK */
    { 0x1e8, 0x0001fe1c }, /* DAC_CONF */
    { 0x1ec, 0x12000000 }, /* RD_TIM_CONF */
    { 0x1f0, 0x00288000 }, /* WR_TIM_CONF1 */
    { 0x1f4, 0x00000190 }, /* WR_TIM_CONF2 */
    { 0x1fc, 0x02007200 }, /* DATE */
};

static void efuse_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    Esp32c3RegsClass *rc = ESP32C3_REGS_CLASS(klass);

    device_class_set_props(dc, efuse_properties);
    rc->size = 0x200;
    rc->reset_values = efuse_reset_values;
    rc->n_reset_values = ARRAY_SIZE(efuse_reset_values);
    rc->read = efuse_read;
    rc->write = efuse_write;
}

static const TypeInfo efuse_types[] = {
    {
        .name = TYPE_ESP32C3_EFUSE,
        .parent = TYPE_ESP32C3_REGS,
        .instance_size = sizeof(Esp32c3Efuse),
        .class_init = efuse_class_init,
    },
};

DEFINE_TYPES(efuse_types)
