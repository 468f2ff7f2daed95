// SPDX-License-Identifier: Apache-2.0

#include "line_reader.h"

#include <string.h>

#include "lwip/sockets.h"

void line_reader_init(line_reader_t *reader, int socket)
{
    reader->socket = socket;
    reader->begin = 0;
    reader->end = 0;
}

static char *take_line(line_reader_t *reader)
{
    char *line = reader->buffer + reader->begin;
    char *stop = memchr(line, '\n', reader->end - reader->begin);
    if (stop == NULL) {
        return NULL;
    }
    reader->begin = stop + 1 - reader->buffer;
    if (stop > line && stop[-1] == '\r') {
        stop--;
    }
    *stop = '\0';
    return line;
}

const char *line_reader_next(line_reader_t *reader)
{
    while (1) {
        char *line = take_line(reader);
        if (line != NULL) {
            return line;
        }
        memmove(reader->buffer, reader->buffer + reader->begin, reader->end - reader->begin);
        reader->end -= reader->begin;
        reader->begin = 0;
        if (reader->end == sizeof(reader->buffer)) {
            return NULL;
        }
        int count = recv(reader->socket, reader->buffer + reader->end, sizeof(reader->buffer) - reader->end, 0);
        if (count <= 0) {
            return NULL;
        }
        reader->end += count;
    }
}
