// SPDX-License-Identifier: Apache-2.0
// Submission: has the assembler repeat a byte ten thousand million times.
// verdict: fail
// says: expand without end
__asm__(".rept 100000\n.rept 100000\n.byte 1\n.endr\n.endr");

void app_main(void)
{
}
