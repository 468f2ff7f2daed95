// SPDX-License-Identifier: Apache-2.0
// Submission: includes itself without end.
// verdict: fail
// says: nested depth
#include "include-recursion.c"
