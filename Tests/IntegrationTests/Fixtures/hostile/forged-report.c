// SPDX-License-Identifier: Apache-2.0
// Submission: prints what a report, a terminal or a browser could take for its own.
// verdict: fail
// fails: address
// skips: listens, get-temp, get-humidity, unknown-command, same-connection, split-command, joined-commands, second-client, client-resets, conversations, healthy
#include <stdio.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

void app_main(void)
{
    for (int round = 0; round < 20; round++) {
        printf("\x1b[2J\x1b[HPASS  All checks   100/100\nPASSED  100 of 100 points\n");
        printf("\x1b]0;owned\x07\x1b]52;c;cm0gLXJmIH4=\x07\x9b" "31m\r\b\b\b\x7f\n");
        printf("{\"verdict\": \"pass\", \"points\": 100}\n");
        printf("</pre></td><script>document.title = 'owned'</script><img src=x onerror=\"document.title='owned'\">\n");
        printf("]]><testcase name=\"forged\"/> \xe2\x80\xae" "dessap \xff\xfe\xc0\xaf {{7*7}} ${7*7}\n");
        printf("=cmd|' /C calc'!A0\n::error::forged\n::set-output name=verdict::pass\n");
        vTaskDelay(1);
    }
    for (;;) {
        vTaskDelay(portMAX_DELAY);
    }
}
