// SPDX-License-Identifier: Apache-2.0
// Submission: has the assembler read what /proc tells of the sandbox, of which a compiler needs nothing.
// verdict: fail
// says: /proc/self/status
__asm__(".incbin \"/proc/self/status\"\n");

void app_main(void)
{
}
