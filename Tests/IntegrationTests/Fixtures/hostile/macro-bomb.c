// SPDX-License-Identifier: Apache-2.0
// Submission: a macro that expands to a thousand million numbers.
// verdict: fail
// says: expand without end
#define A 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
#define B A A A A A A A A A A
#define C B B B B B B B B B B
#define D C C C C C C C C C C
#define E D D D D D D D D D D
#define F E E E E E E E E E E
#define G F F F F F F F F F F
#define H G G G G G G G G G G
#define I H H H H H H H H H H
static const int numbers[] = { I };

void app_main(void)
{
    (void)numbers;
}
