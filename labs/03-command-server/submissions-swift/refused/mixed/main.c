// SPDX-License-Identifier: Apache-2.0
void app_main(void)
{
}
