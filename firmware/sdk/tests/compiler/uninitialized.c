// SPDX-License-Identifier: Apache-2.0
// error: 'total' is used uninitialized
int sum(int x)
{
    int total;
    total += x;
    return total;
}
