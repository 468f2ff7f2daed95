// SPDX-License-Identifier: Apache-2.0
// Submission: says what gcc says when its compiler proper is killed: the program is wrong, and nothing was killed.
// verdict: fail
// says: does not compile
__asm__(".error \"x\"");
#pragma message("\nriscv64-unknown-elf-gcc: fatal error: Killed signal terminated program cc1\ncompilation terminated.\n")
#error \
riscv64-unknown-elf-gcc: fatal error: Killed signal terminated program cc1

void app_main(void)
{
}
