// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stddef.h>

// Cuts what a socket receives into lines.
typedef struct {
    int socket;
    size_t begin; // of what has not been returned yet
    size_t end;
    char buffer[128];
} line_reader_t;

void line_reader_init(line_reader_t *reader, int socket);

// The next line without its end, valid until the next call; NULL when the peer has gone or sends a line that is too long.
const char *line_reader_next(line_reader_t *reader);
