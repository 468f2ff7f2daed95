// SPDX-License-Identifier: Apache-2.0

/// Where a ``Pattern`` matched in a text.
public struct PatternMatch: Sendable {
  private let text: Substring
  private let spans: [Range<Int>?]

  /// - Parameters:
  ///   - text: the whole text.
  ///   - spans: the places of the match and of its groups, in bytes of the text.
  init(in text: Substring, _ spans: [Range<Int>?]) {
    self.text = text
    self.spans = spans
  }

  /// The place of the match.
  public var range: Range<String.Index> { range(spans[0] ?? 0..<0) }

  /// What a group matched, numbered from 1 by its opening parenthesis; 0 is the whole match.
  /// - Returns: nil for a group that took no part in the match, and for one that is not there.
  public subscript(group: Int) -> Substring? {
    guard spans.indices.contains(group), let span = spans[group] else { return nil }
    return text[range(span)]
  }

  /// The place of the match, in bytes of the text.
  var bytes: Range<Int> { spans[0] ?? 0..<0 }

  private func range(_ span: Range<Int>) -> Range<String.Index> {
    let start = text.utf8.index(text.startIndex, offsetBy: span.lowerBound)
    return start..<text.utf8.index(start, offsetBy: span.count)
  }
}
