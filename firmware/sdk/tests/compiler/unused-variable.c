// SPDX-License-Identifier: Apache-2.0
// warning: unused variable 'unused'
void app_main(void)
{
    int unused;
}
