/*
 * Tests of reset values and of devices that are little more than registers.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "guest.h"

static void test_efuse(void)
{
    put("mac ");
    put_hex(REG(EFUSE + 0x48));
    put_hex(REG(EFUSE + 0x44));
    put("\n");
    expect((REG(EFUSE + 0x50) >> 18) & 7, 3, "chip revision v0.3: minor");
    expect((REG(EFUSE + 0x58) >> 24) & 3, 0, "chip revision v0.3: major");
    REG(EFUSE + 0x44) = 0;
    REG(EFUSE + 0x50) = 0;
    expect((REG(EFUSE + 0x50) >> 18) & 7, 3, "fuses cannot be written");
    REG(EFUSE + 0x1d4) = 1;
    expect(REG(EFUSE + 0x1d4), 0, "reading the fuses is done at once");
}

static void test_syscon(void)
{
    uint32_t a = REG(SYSCON + 0xb0), b = REG(SYSCON + 0xb0);
    uint32_t c = REG(SYSCON + 0xb0);

    check(a != b || b != c, "random numbers differ");
    expect(REG(SYSCON + 0x3f8), 0x51454d55, "the QEMU marker");
    REG(SYSCON + 0x3f8) = 0;
    expect(REG(SYSCON + 0x3f8), 0x51454d55, "which cannot be written");
}

static void test_extmem(void)
{
    REG(EXTMEM + 0x28) = 1;
    check(REG(EXTMEM + 0x28) & 2, "cache invalidation is done");
    REG(EXTMEM + 0x40) = 0;
    check(REG(EXTMEM + 0x40) & 8, "cache autoload is done");
    REG(EXTMEM + 0xcc) = 1;
    check(REG(EXTMEM + 0xcc) & 4, "cache freeze is done");
    REG(EXTMEM + 0xcc) = 0;
    check(!(REG(EXTMEM + 0xcc) & 4), "and undone");
    REG(EXTMEM + 0x1000) = 0x100;
    expect(REG(EXTMEM + 0x1000), 0x100, "the MMU table is storage");
}

static void test_system(void)
{
    expect(REG(SYSTEM + 0x08), 0x0c, "CPU_PER_CONF after reset");
    expect(REG(SYSTEM + 0x58) >> 12 & 0x7f, 40, "the crystal is 40 MHz");
    expect(REG(SYSTEM + 0x10), 0xf9c1e06f, "PERIP_CLK_EN0 after reset");
    REG(TIMG0 + 0x18) = 77;
    REG(SYSTEM + 0x18) = 1 << 13;
    REG(SYSTEM + 0x18) = 0;
    expect(REG(TIMG0 + 0x18), 0, "PERIP_RST_EN0 resets a timer group");
}

static void test_uart_registers(void)
{
    expect(REG(UART + 0x7c), 0x02008270, "UART_DATE");
    expect(REG(UART + 0x24), 0xc060, "UART_CONF1 after reset");
    REG(UART + 0x80) = 1u << 31;
    expect(REG(UART + 0x80) >> 31, 0, "UART_ID.UPDATE is done at once");
    expect(REG8(UART + 0x25), 0xc0, "a byte of a register");
    REG8(UART + 0x24) = 0x61;
    expect(REG(UART + 0x24), 0xc061, "a byte written to a register");
}

static void test_unmodelled(void)
{
    REG(0x60004004) = 0x11; /* GPIO */
    expect(REG(0x60004004), 0x11, "GPIO reads back");
    REG(0x60004008) = 0x12;
    REG(0x60009004) = 0x13; /* IO_MUX */
    expect(REG(0x60009004), 0x13, "IO_MUX reads back");
}

int main(void)
{
    test_efuse();
    test_syscon();
    test_extmem();
    test_system();
    test_uart_registers();
    test_unmodelled();
    done();
}
