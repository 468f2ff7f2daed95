// SPDX-License-Identifier: Apache-2.0
// Submission: includes itself twice at each of forty levels, a million million times in all.
// verdict: fail
// says: expand without end
#if __INCLUDE_LEVEL__ < 40
#include "include-bomb.c"
#include "include-bomb.c"
#endif
