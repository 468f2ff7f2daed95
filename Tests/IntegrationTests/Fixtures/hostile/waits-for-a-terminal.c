// SPDX-License-Identifier: Apache-2.0
// Submission: has the compiler read a terminal, at which nobody types.
// verdict: fail
// says: /dev/ptmx
#include "/dev/ptmx"

void app_main(void)
{
}
