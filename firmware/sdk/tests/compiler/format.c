// SPDX-License-Identifier: Apache-2.0
// error: format '%d' expects argument of type 'int', but argument 2 has type 'uint32_t'
#include <stdint.h>
#include <stdio.h>

void app_main(void)
{
    uint32_t count = 1;
    printf("%d\n", count);
}
