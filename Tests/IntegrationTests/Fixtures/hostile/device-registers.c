// SPDX-License-Identifier: Apache-2.0
// Submission: writes random words to every device of the chip, the Ethernet's buffer descriptors among them.
// verdict: fail
// fails: address, healthy
// skips: listens, get-temp, get-humidity, unknown-command, same-connection, split-command, joined-commands, second-client, client-resets, conversations
#include <stdint.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

static uint32_t state = 20260101;

static uint32_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

void app_main(void)
{
    static const uint32_t devices[] = {
        0x60000000, 0x60002000, 0x60003000, 0x60004000, 0x60008000, 0x60008800, 0x60009000, 0x6001f000, 0x60020000,
        0x60023000, 0x60026000, 0x600c0000, 0x600c2000, 0x600c4000, 0x600cd000, 0x600cd400,
    };
    for (;;) {
        uint32_t device = devices[next_random() % (sizeof(devices) / sizeof(devices[0]))];
        volatile uint32_t *word = (volatile uint32_t *)(device + (next_random() % 256) * 4);

        if (next_random() % 4 == 0) {
            (void)*word;
        } else {
            *word = next_random();
        }
    }
}
