// SPDX-License-Identifier: Apache-2.0
// Submission: prints a greeting and returns from app_main() without any network.
// verdict: fail
// fails: address
// skips: listens, get-temp, get-humidity, unknown-command, same-connection, split-command, joined-commands, second-client, client-resets, conversations, healthy

#include <stdio.h>
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

void app_main(void)
{
    printf("Hello, command server!\n");
    vTaskDelay(pdMS_TO_TICKS(100));
}
