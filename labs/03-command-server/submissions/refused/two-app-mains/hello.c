// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>

void app_main(void)
{
    printf("Hello, world!\n");
}
