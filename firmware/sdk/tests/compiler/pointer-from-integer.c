// SPDX-License-Identifier: Apache-2.0
// warning: initialization of 'char *' from 'int'
#include <string.h>

void app_main(void)
{
    char *text = 5;
    memset(text, 0, 1);
}
