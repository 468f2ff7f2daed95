// SPDX-License-Identifier: Apache-2.0
// Submission: has the assembler print, at the beginning of a line, what gcc prints when its compiler proper is killed, and fail.
// verdict: fail
// says: the compiler failed
__asm__(".print \"riscv64-unknown-elf-gcc: fatal error: Killed signal terminated program cc1\"\n"
        ".print \"No space left on device\"\n"
        ".print \"bwrap: No permissions to create new namespace\"\n"
        ".error \"no\"\n");

void app_main(void)
{
}
