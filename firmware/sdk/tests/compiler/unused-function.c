// SPDX-License-Identifier: Apache-2.0
// warning: 'helper' defined but not used
static void helper(void)
{
}
