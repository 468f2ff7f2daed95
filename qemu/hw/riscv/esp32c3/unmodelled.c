/*
 * ESP32-C3: peripherals there is no model of.
 *
 * Their registers are storage, so that drivers which set a pin or a clock
 * read back what they wrote. The first access to each is logged by the
 * peripheral's name (-d unimp); none is fatal.
 *
 * Source of names and addresses: ESP-IDF, soc/esp32c3/include/soc/reg_base.h.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "unmodelled.h"

/* In order of address; each reaches to the next. */
static const struct {
    uint32_t offset;
    const char *name;
} peripherals[] = {
    { 0x00000, "UART0" },
    { 0x02000, "SPI1" },
    { 0x03000, "SPI0" },
    { 0x04000, "GPIO" },
    { 0x05000, "FE2" },
    { 0x06000, "FE" },
    { 0x08000, "RTC_CNTL" },
    { 0x08800, "EFUSE" },
    { 0x09000, "IO_MUX" },
    { 0x0e000, "RTC_I2C" },
    { 0x10000, "UART1" },
    { 0x13000, "I2C_EXT" },
    { 0x14000, "UHCI0" },
    { 0x16000, "RMT" },
    { 0x19000, "LEDC" },
    { 0x1cc00, "NRX" },
    { 0x1d000, "BB" },
    { 0x1f000, "TIMERGROUP0" },
    { 0x20000, "TIMERGROUP1" },
    { 0x23000, "SYSTIMER" },
    { 0x24000, "SPI2" },
    { 0x26000, "SYSCON" },
    { 0x2b000, "TWAI" },
    { 0x2d000, "I2S" },
    { 0x33000, "WIFI" },
    { 0x3a000, "AES" },
    { 0x3b000, "SHA" },
    { 0x3c000, "RSA" },
    { 0x3d000, "DIGITAL_SIGNATURE" },
    { 0x3e000, "HMAC" },
    { 0x3f000, "GDMA" },
    { 0x40000, "APB_SARADC" },
    { 0x43000, "USB_SERIAL_JTAG" },
    { 0xc0000, "SYSTEM" },
    { 0xc1000, "SENSITIVE" },
    { 0xc2000, "INTERRUPT_CORE0" },
    { 0xc4000, "EXTMEM" },
    { 0xcc000, "AES_XTS" },
    { 0xcd000, "OpenCores MAC" },
    { 0xce000, "ASSIST_DEBUG" },
    { 0xcf000, "DEDICATED_GPIO" },
    { 0xd0000, "WORLD_CNTL" },
    { 0xd1000, "reserved space" },
};

QEMU_BUILD_BUG_ON(ARRAY_SIZE(peripherals) > 64);

static void report(Esp32c3Regs *r, hwaddr offset, const char *what)
{
    Esp32c3Unmodelled *s = ESP32C3_UNMODELLED(r);
    int i = ARRAY_SIZE(peripherals) - 1;

    while (peripherals[i].offset > offset) {
        i--;
    }
    if (s->reported & BIT_ULL(i)) {
        return;
    }
    s->reported |= BIT_ULL(i);
    qemu_log_mask(LOG_UNIMP,
                  "esp32c3: %s is not modelled there: %s 0x%08" HWADDR_PRIx
                  " (said once)\n", peripherals[i].name, what,
                  ESP32C3_PERIPHERALS_BASE + offset);
}

static uint32_t unmodelled_read(Esp32c3Regs *r, hwaddr offset)
{
    report(r, offset, "read of");
    return esp32c3_regs_get(r, offset);
}

static void unmodelled_write(Esp32c3Regs *r, hwaddr offset, uint32_t value)
{
    report(r, offset, "write to");
    esp32c3_regs_set(r, offset, value);
}

static void unmodelled_class_init(ObjectClass *klass, void *data)
{
    Esp32c3RegsClass *rc = ESP32C3_REGS_CLASS(klass);

    rc->size = ESP32C3_PERIPHERALS_SIZE;
    rc->read = unmodelled_read;
    rc->write = unmodelled_write;
}

static const TypeInfo unmodelled_types[] = {
    {
        .name = TYPE_ESP32C3_UNMODELLED,
        .parent = TYPE_ESP32C3_REGS,
        .instance_size = sizeof(Esp32c3Unmodelled),
        .class_init = unmodelled_class_init,
    },
};

DEFINE_TYPES(unmodelled_types)
