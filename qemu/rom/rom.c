/*
 * ESP32-C3 direct-boot ROM.
 *
 * Says on the console why the chip was reset, then starts the program in
 * flash if it is a direct-boot image, which begins with a magic word twice and
 * is entered right behind it. It does nothing else: no second stage, no
 * functions for programs to call.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "regs.h"

#define FIFO_SIZE     128
#define CLK_CONF_XTAL 0x03700000           /* 40 MHz, undivided */
#define CLKDIV_115200 (347 | 4u << 20)     /* 347 and 4 sixteenths */
#define DIRECT_BOOT   0xaedb041d
#define IDF_IMAGE     0xe9 /* first byte of an ESP-IDF image */

static void put(const char *text)
{
    for (; *text; text++) {
        while (((UART_STATUS >> 16) & 0x3ff) >= FIFO_SIZE) {
            continue;
        }
        UART_FIFO = *text;
    }
}

static void put_hex(uint32_t value)
{
    char digits[11] = "0x";
    int shift = 28, n = 2;

    while (shift > 0 && !(value >> shift)) {
        shift -= 4;
    }
    for (; shift >= 0; shift -= 4) {
        digits[n++] = "0123456789abcdef"[(value >> shift) & 15];
    }
    digits[n] = 0;
    put(digits);
}

/* The names that Espressif's ROM prints. */
static const char *cause_name(uint32_t cause)
{
    switch (cause) {
    case 0x01:
        return "POWERON";
    case 0x03:
        return "RTC_SW_SYS_RST";
    case 0x05:
        return "DSLEEP";
    case 0x07:
        return "TG0WDT_SYS_RST";
    case 0x08:
        return "TG1WDT_SYS_RST";
    case 0x09:
        return "RTCWDT_SYS_RST";
    case 0x0b:
        return "TG0WDT_CPU_RST";
    case 0x0c:
        return "RTC_SW_CPU_RST";
    case 0x0d:
        return "RTCWDT_CPU_RST";
    case 0x0f:
        return "BROWN_OUT_RST";
    case 0x10:
        return "RTCWDT_RTC_RST";
    case 0x11:
        return "TG1WDT_CPU_RST";
    default:
        return "UNKNOWN";
    }
}

void rom_trap(uint32_t cause, uint32_t pc, uint32_t value)
{
    put("ROM: trap with no handler, mcause ");
    put_hex(cause);
    put(" mepc ");
    put_hex(pc);
    put(" mtval ");
    put_hex(value);
    put("\r\nROM: halted\r\n");
    halt();
}

void rom_main(void)
{
    uint32_t cause = RESET_STATE & 0x3f;

    UART_CLK_CONF = CLK_CONF_XTAL;
    UART_CLKDIV = CLKDIV_115200;
    put("LAB-ROM:esp32c3-direct-boot-1\r\nrst:");
    put_hex(cause);
    put(" (");
    put(cause_name(cause));
    put("),boot:0x8 (SPI_FAST_FLASH_BOOT)\r\n");

    if (FLASH(0) == DIRECT_BOOT && FLASH(1) == DIRECT_BOOT) {
        return;
    }
    if ((FLASH(0) & 0xff) == IDF_IMAGE) {
        put("ROM: the flash holds an ESP-IDF image. It needs Espressif's ROM:"
            " run it with Espressif's QEMU.\r\n");
    } else {
        put("ROM: no direct-boot image in flash\r\n");
    }
    put("ROM: halted\r\n");
    halt();
}
