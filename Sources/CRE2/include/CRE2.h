// SPDX-License-Identifier: Apache-2.0
#ifndef CRE2_H
#define CRE2_H

#include <stdbool.h>
#include <stddef.h>

/// RE2 (https://github.com/google/re2) for C: regular expressions over UTF-8. The time of a search grows with the length of the text and never faster, and its
/// memory is bounded. Nothing is written to standard error.

#ifdef __cplusplus
extern "C" {
#endif

/// A compiled expression. Several threads may search with one at the same time, as RE2 promises: Swift may pass it on to any of them.
typedef struct __attribute__((swift_attr("@Sendable"))) {
  struct re2_object *_Nullable object;
} re2_expression;

/// A part of a text, in bytes from its beginning. `start` is -1 for a group that took no part in the match.
typedef struct {
  ptrdiff_t start;
  ptrdiff_t end;
} re2_span;

/// Where a match has to lie.
typedef enum {
  RE2_ANYWHERE,
  RE2_WHOLE_TEXT,
} re2_place;

/// Compiles an expression.
/// @param text the expression, in UTF-8; it need not end in a zero byte.
/// @param length its length in bytes.
/// @param problem gets what is wrong with it, ended by a zero byte and cut to fit.
/// @param room the size of `problem`.
/// @return the expression, to be freed by `re2_free`; without an object where there is a problem.
re2_expression re2_compile(
    const char *_Nullable text, size_t length, char *_Nonnull problem, size_t room);

/// Frees an expression.
void re2_free(re2_expression expression);

/// The number of groups in parentheses that remember what they matched.
int re2_group_count(re2_expression expression);

/// Looks for the leftmost match.
/// @param text the whole text, in UTF-8. What is not UTF-8 in it is matched by nothing.
/// @param length its length in bytes.
/// @param start where the search begins; `^` still means the beginning of the text.
/// @param place where the match has to lie.
/// @param spans gets the match, then its groups.
/// @param count how many of them are wanted; with 0 the search is quickest.
/// @return whether there is one.
bool re2_search(
    re2_expression expression, const char *_Nullable text, size_t length, size_t start, re2_place place,
    re2_span *_Nullable spans, int count);

/// Writes a text so that, as an expression, it matches itself.
/// @param text any UTF-8.
/// @param length its length in bytes.
/// @param result gets the expression, without a zero byte at its end; it needs room for four times `length`.
/// @return the length of the expression.
size_t re2_quote(const char *_Nonnull text, size_t length, char *_Nonnull result);

#ifdef __cplusplus
}
#endif

#endif
