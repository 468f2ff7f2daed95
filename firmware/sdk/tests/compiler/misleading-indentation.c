// SPDX-License-Identifier: Apache-2.0
// error: this 'if' clause does not guard
#include <stdio.h>

void app_main(void)
{
    int fd = fileno(stdin);
    if (fd < 0)
        puts("none");
        puts("leaving");
}
