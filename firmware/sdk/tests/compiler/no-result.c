// SPDX-License-Identifier: Apache-2.0
// error: control reaches end of non-void function
static int answer(int x)
{
    if (x > 0) {
        return 1;
    }
}

void app_main(void)
{
    answer(1);
}
