// SPDX-License-Identifier: Apache-2.0

/**
 * @file
 * The panic handler. Texts and layout are ESP-IDF's, character by character: the runner, and other tools, find
 * addresses in them. Printing is by polling; timer group 0's watchdog resets the chip if that hangs.
 */

#include "panic.h"

#include <stddef.h>

#include "esp_app_desc.h"
#include "esp_debug_helpers.h"
#include "esp_memory_utils.h"
#include "esp_rom_sys.h"
#include "esp_rom_uart.h"
#include "esp_system.h"
#include "interrupts.h"
#include "kernel.h"
#include "reset_hint.h"
#include "soc/soc.h"
#include "watchdogs.h"

/** Time a panic may take, in ms. */
#define PANIC_TIME 1000

/** Set by esp_system_abort(): the exception that follows is only the way here. */
static const char *abort_details;
static volatile int depth;

static void print(const char *text)
{
    while (*text != '\0') {
        esp_rom_uart_tx_one_char((uint8_t)*text++);
    }
}

static void print_hex(uint32_t value)
{
    for (int shift = 28; shift >= 0; shift -= 4) {
        esp_rom_uart_tx_one_char((uint8_t) "0123456789abcdef"[value >> shift & 15]);
    }
}

void panic_print_registers(const RvExcFrame *frame)
{
    static const char names[][9] = {
        "MEPC    ", "RA      ", "SP      ", "GP      ", "TP      ", "T0      ", "T1      ", "T2      ",
        "S0/FP   ", "S1      ", "A0      ", "A1      ", "A2      ", "A3      ", "A4      ", "A5      ",
        "A6      ", "A7      ", "S2      ", "S3      ", "S4      ", "S5      ", "S6      ", "S7      ",
        "S8      ", "S9      ", "S10     ", "S11     ", "T3      ", "T4      ", "T5      ", "T6      ",
        "MSTATUS ", "MTVEC   ", "MCAUSE  ", "MTVAL   ", "MHARTID "};
    const uint32_t *values = &frame->mepc;
    print("Core  0 register dump:");
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (i % 4 == 0) {
            print("\r\n");
        }
        print(names[i]);
        print(": 0x");
        print_hex(values[i]);
        print("  ");
    }
}

void panic_print_stack(uint32_t sp)
{
    print("\r\nStack memory:\r\n");
    for (uint32_t line = sp; line < sp + 1024; line += 32) {
        print_hex(line);
        print(": ");
        for (uint32_t at = line; at < line + 32; at += 4) {
            // A stack pointer may point anywhere; memory that is not there reads as this.
            uint32_t word = 0xbad00bad;
            if ((at & 3) == 0 && esp_ptr_in_dram((const void *)at) && at < 0x3fcde000) {
                word = REG_READ(at);
            }
            print("0x");
            print_hex(word);
            print(at == line + 28 ? "\r\n" : " ");
        }
    }
}

esp_err_t esp_backtrace_print(int limit)
{
    (void)limit;
    panic_print_stack((uint32_t)esp_cpu_get_sp());
    return ESP_OK;
}

static const char *exception_name(uint32_t cause)
{
    static const char *const names[] = {
        "Instruction address misaligned", "Instruction access fault", "Illegal instruction", "Breakpoint",
        "Load address misaligned", "Load access fault", "Store address misaligned", "Store access fault",
        "Environment call from U-mode", "Environment call from S-mode", NULL, "Environment call from M-mode",
        "Instruction page fault", "Load page fault", NULL, "Store page fault"};
    const char *name = cause < sizeof(names) / sizeof(names[0]) ? names[cause] : NULL;
    return name != NULL ? name : "Unknown";
}

/** Prints everything and resets. @p reason NULL: abort_details say it. */
static void __attribute__((noreturn)) panic(RvExcFrame *frame, const char *reason, const char *description,
                                            esp_reset_reason_t hint)
{
    k_mask();
    if (++depth > 1) {
        // The handler itself failed: no more words.
        print("\r\nPanic handler entered multiple times. Abort panic handling. Rebooting ...\r\n");
        reset_hint_set(ESP_RST_PANIC);
        esp_rom_software_reset_system();
    }
    panic_wdt_start(PANIC_TIME);
    if (reason != NULL) {
        print("Guru Meditation Error: Core  0 panic'ed (");
        print(reason);
        print("). ");
    }
    if (description != NULL) {
        print(description);
    }
    print("\r\n");
    if (abort_details != NULL) {
        print(abort_details);
    }
    print("\r\n");
    panic_print_registers(frame);
    print("\r\n");
    panic_print_stack(frame->sp);
    print("\r\n");
    print("\r\n");

    char digest[65];
    esp_app_get_elf_sha256(digest, sizeof(digest));
    print("\r\nELF file SHA256: ");
    print(digest);
    print("\r\n\r\n");
    print("Rebooting...\r\n");
    reset_hint_set(hint);
    esp_rom_uart_tx_wait_idle(0);
    esp_rom_software_reset_system();
    for (;;) {
    }
}

void panic_from_exception(RvExcFrame *frame)
{
    if (abort_details != NULL) {
        panic(frame, NULL, NULL, ESP_RST_PANIC);
    }
    panic(frame, exception_name(frame->mcause), "Exception was unhandled.", ESP_RST_PANIC);
}

void panic_complete_frame(RvExcFrame *frame)
{
    __asm__ volatile("csrr %0, mtvec" : "=r"(frame->mtvec));
    frame->mtval = 0;
    frame->mhartid = 0;
}

void panic_from_watchdog(RvExcFrame *frame)
{
    panic_complete_frame(frame);
    frame->mcause = INTERRUPT_LINE_WATCHDOG;
    panic(frame, "Interrupt wdt timeout on CPU0", NULL, ESP_RST_INT_WDT);
}

void panic_from_task_watchdog(RvExcFrame *frame)
{
    panic_complete_frame(frame);
    panic(frame, NULL, NULL, ESP_RST_TASK_WDT);
}

void esp_system_abort(const char *details)
{
    k_mask();
    abort_details = details;
    // As ESP-IDF does: a store that faults, so that registers and stack are the caller's. Where it does not fault, the
    // illegal instruction behind it does.
    __asm__ volatile("sw zero, 0(zero)");
    __asm__ volatile("unimp");
    for (;;) {
    }
}
