// SPDX-License-Identifier: Apache-2.0

/**
 * @file
 * stdin, stdout and stderr on descriptors 0 to 2. As in ESP-IDF, stdout is line-buffered with 128 bytes, stderr not
 * buffered, and a read from stdin that finds nothing is an error that the next read forgets.
 */

#include <errno.h>
#include <stdbool.h>
#include <stdio-bufio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sdk_stdio.h"

#define BUFFER_SIZE 128

/** A stream; the first member is what picolibc knows of it. */
typedef struct {
    struct __file_bufio file;
    sdk_lock_t lock;
    bool own_buffer;
} stream_t;

static char stdout_buffer[BUFFER_SIZE], stdin_buffer[BUFFER_SIZE];

static int stream_put(char c, FILE *file);
static int stream_get(FILE *file);
static int stream_flush(FILE *file);
static int stream_close(FILE *file);
static off_t stream_seek(FILE *file, off_t offset, int whence);
static int stream_setvbuf(FILE *file, char *buffer, int mode, size_t size);

#define STREAM(number, buffer_, size_, direction, flags_)                                                   \
    {                                                                                                       \
        .file = {.xfile = FDEV_SETUP_EXT(stream_put, stream_get, stream_flush, stream_close, stream_seek,   \
                                         stream_setvbuf, (direction) | __SBUF),                             \
                 .fd = (number), .buf = (buffer_), .size = (size_), .bflags = (flags_)}                     \
    }

static stream_t in = STREAM(0, stdin_buffer, BUFFER_SIZE, __SRD, __BLBF);
static stream_t out = STREAM(1, stdout_buffer, BUFFER_SIZE, __SWR, __BLBF);
static stream_t err = STREAM(2, NULL, 0, __SWR, 0);

FILE *const stdin = (FILE *)&in;
FILE *const stdout = (FILE *)&out;
FILE *const stderr = (FILE *)&err;

static stream_t *standard(FILE *file)
{
    return file == stdin || file == stdout || file == stderr ? (stream_t *)file : NULL;
}

void sdk_stdio_lock(FILE *file)
{
    stream_t *stream = standard(file);
    if (stream != NULL) {
        sdk_lock_acquire(&stream->lock);
    }
}

void sdk_stdio_unlock(FILE *file)
{
    stream_t *stream = standard(file);
    if (stream != NULL) {
        sdk_lock_release(&stream->lock);
    }
}

static int stream_flush(FILE *file)
{
    struct __file_bufio *stream = (struct __file_bufio *)file;
    if (!(file->flags & __SWR)) {
        return 0;
    }
    int left = stream->len, done = 0;
    stream->len = 0;
    while (left > 0) {
        ssize_t wrote = write(stream->fd, stream->buf + done, (size_t)left);
        if (wrote <= 0) {
            file->flags |= __SERR;
            return EOF;
        }
        done += wrote;
        left -= wrote;
    }
    return 0;
}

static int stream_put(char c, FILE *file)
{
    struct __file_bufio *stream = (struct __file_bufio *)file;
    if (stream->size == 0) {
        return write(stream->fd, &c, 1) == 1 ? (unsigned char)c : EOF;
    }
    stream->buf[stream->len++] = c;
    if (stream->len == stream->size || (c == '\n' && (stream->bflags & __BLBF))) {
        if (stream_flush(file) != 0) {
            return EOF;
        }
    }
    return (unsigned char)c;
}

static int stream_get(FILE *file)
{
    struct __file_bufio *stream = (struct __file_bufio *)file;
    if (stream->off >= stream->len) {
        char single;
        char *to = stream->size > 0 ? stream->buf : &single;
        ssize_t got = read(stream->fd, to, stream->size > 0 ? (size_t)stream->size : 1);
        stream->off = stream->len = 0;
        if (got <= 0) {
            return got == 0 ? _FDEV_EOF : _FDEV_ERR;
        }
        if (stream->size == 0) {
            return (unsigned char)single;
        }
        stream->len = (int)got;
    }
    return (unsigned char)stream->buf[stream->off++];
}

static int stream_close(FILE *file)
{
    return stream_flush(file);
}

static off_t stream_seek(FILE *file, off_t offset, int whence)
{
    (void)file;
    (void)offset;
    (void)whence;
    errno = ESPIPE;
    return -1;
}

static int stream_setvbuf(FILE *file, char *buffer, int mode, size_t size)
{
    stream_t *stream = (stream_t *)file;
    sdk_stdio_lock(file);
    stream_flush(file);
    bool own = false;
    if (mode == _IONBF) {
        buffer = NULL;
        size = 0;
    } else if (buffer == NULL) {
        size = size == 0 ? BUFFER_SIZE : size;
        buffer = malloc(size);
        own = true;
        if (buffer == NULL) {
            sdk_stdio_unlock(file);
            return EOF;
        }
    }
    if (stream->own_buffer) {
        free(stream->file.buf);
    }
    stream->own_buffer = own;
    stream->file.buf = buffer;
    stream->file.size = (int)size;
    stream->file.bflags = mode == _IOLBF ? __BLBF : 0;
    sdk_stdio_unlock(file);
    return 0;
}
