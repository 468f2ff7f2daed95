// SPDX-License-Identifier: Apache-2.0
// error: suggest parentheses around assignment used as truth value
void app_main(void)
{
    int a = 1;
    if (a = 2) {
        a++;
    }
}
