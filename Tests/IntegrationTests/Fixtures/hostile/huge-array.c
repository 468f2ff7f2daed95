// SPDX-License-Identifier: Apache-2.0
// Submission: an array of a gigabyte with a value in it.
// verdict: fail
// says: too big
static char numbers[1 << 30] = { 1 };

char *volatile kept;

void app_main(void)
{
    kept = numbers;
}
