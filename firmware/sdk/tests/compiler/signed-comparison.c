// SPDX-License-Identifier: Apache-2.0
// compiles
#include <sys/types.h>

int compare(ssize_t received, size_t size, int unused)
{
    return received < size;
}
