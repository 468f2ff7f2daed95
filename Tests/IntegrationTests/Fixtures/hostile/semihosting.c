// SPDX-License-Identifier: Apache-2.0
// Submission: asks the emulator to open a file of the host, as RISC-V semihosting does, and to end.
// verdict: fail
// fails: address, healthy
// skips: listens, get-temp, get-humidity, unknown-command, same-connection, split-command, joined-commands, second-client, client-resets, conversations
#include <stdint.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

static intptr_t semihosting(intptr_t operation, const void *argument)
{
    register intptr_t a0 __asm__("a0") = operation;
    register const void *a1 __asm__("a1") = argument;

    /* RISC-V Semihosting 0.4, section 2: this sequence, uncompressed and within one page. */
    __asm__ volatile(
        ".option push\n.option norvc\n.balign 16\n"
        "slli x0, x0, 0x1f\nebreak\nsrai x0, x0, 7\n.option pop"
        : "+r"(a0) : "r"(a1) : "memory");
    return a0;
}

void app_main(void)
{
    static const char path[] = "/etc/passwd";
    const intptr_t open[] = {(intptr_t)path, 0, sizeof(path) - 1};
    const intptr_t exit[] = {0x20026, 0};

    semihosting(0x01, open);
    semihosting(0x20, exit);
    for (;;) {
        vTaskDelay(portMAX_DELAY);
    }
}
