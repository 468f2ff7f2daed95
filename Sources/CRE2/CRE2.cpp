// SPDX-License-Identifier: Apache-2.0
#include "CRE2.h"

#include <re2/re2.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

struct re2_object {
  re2::RE2 expression;
};

namespace {

/// An expression's program and the states of its automaton together take no more. Where the states do not fit, RE2 does without them, and the time grows with
/// the product of the lengths of text and expression: for the longest expressions that are compiled they fit.
constexpr int64_t memory = 64 << 20;

re2::RE2::Options options() {
  re2::RE2::Options options;
  options.set_encoding(re2::RE2::Options::EncodingUTF8);
  options.set_log_errors(false);
  options.set_max_mem(memory);
  return options;
}

}  // namespace

re2_expression re2_compile(const char *text, size_t length, char *problem, size_t room) {
  auto result = new re2_object{{re2::StringPiece(text, length), options()}};
  if (result->expression.ok()) return {result};
  const std::string &error = result->expression.error();
  const size_t count = room == 0 ? 0 : std::min(error.size(), room - 1);
  std::memcpy(problem, error.data(), count);
  if (room > 0) problem[count] = 0;
  delete result;
  return {nullptr};
}

void re2_free(re2_expression expression) { delete expression.object; }

int re2_group_count(re2_expression expression) { return expression.object->expression.NumberOfCapturingGroups(); }

bool re2_search(
    re2_expression expression, const char *text, size_t length, size_t start, re2_place place, re2_span *spans,
    int count) {
  // Of an empty text there may be no address, and a group that matched nothing in it would seem to have taken no part.
  if (text == nullptr) text = "";
  std::vector<re2::StringPiece> pieces(count);
  const auto anchor = place == RE2_WHOLE_TEXT ? re2::RE2::ANCHOR_BOTH : re2::RE2::UNANCHORED;
  const re2::StringPiece whole(text, length);
  if (!expression.object->expression.Match(whole, start, length, anchor, pieces.data(), count)) return false;
  for (int index = 0; index < count; index++) {
    const auto &piece = pieces[index];
    if (piece.data() == nullptr) {
      spans[index] = {-1, -1};
    } else {
      const ptrdiff_t begin = piece.data() - text;
      spans[index] = {begin, begin + static_cast<ptrdiff_t>(piece.size())};
    }
  }
  return true;
}

size_t re2_quote(const char *text, size_t length, char *result) {
  const std::string quoted = re2::RE2::QuoteMeta(re2::StringPiece(text, length));
  std::memcpy(result, quoted.data(), quoted.size());
  return quoted.size();
}
