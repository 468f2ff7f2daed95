// SPDX-License-Identifier: Apache-2.0
// error: implicit declaration of function 'socket'
void app_main(void)
{
    socket(2, 1, 0);
}
