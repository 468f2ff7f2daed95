// SPDX-License-Identifier: Apache-2.0
// Submission: the folder of a header is called as gcc calls a file of options, and there is such a file: it has gcc run a program for the source's own.
// verdict: fail
// says: take for an option or a file of options
#include "header.h"

void app_main(void)
{
}
