// SPDX-License-Identifier: Apache-2.0
// warning: missing initializer for field 'b'
struct pair {
    int a, b;
};

struct pair pair = {1};
