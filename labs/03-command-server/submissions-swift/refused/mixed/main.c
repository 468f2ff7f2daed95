// SPDX-License-Identifier: Apache-2.0
// Submission: a folder with one program in C and one in Swift.
// verdict: fail
// build: mixed
// says: two languages
// says: main.c is C, and main.swift is Swift

void app_main(void)
{
}
