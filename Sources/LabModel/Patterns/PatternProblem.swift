// SPDX-License-Identifier: Apache-2.0

/// What is wrong with the text of a ``Pattern``.
public struct PatternProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, as the end of a sentence.
  public let description: String

  /// - Parameter description: what is wrong, as the end of a sentence.
  init(_ description: String) {
    self.description = description
  }

  /// Turns RE2's message into one for whoever knows other dialects of regular expressions and misses what RE2 lacks.
  init(re2 message: String) {
    self.init(Self.lacking.first { message.hasPrefix($0.message) }.map { "\($0.what) (\(message))" } ?? message)
  }

  /// What other dialects have, by the message that it leads to.
  private static let lacking: [(message: String, what: String)] =
    ["(?=", "(?!"].map { ("invalid perl operator: \($0)", "look-ahead is not supported") }
    + [
      ("invalid perl operator: (?<", "look-behind is not supported, and a named group is written (?P<name>…)"),
      ("invalid perl operator: (?>", "atomic groups are not supported"),
      ("bad repetition operator: ++", "possessive repetition is not supported"),
      ("bad repetition operator: *+", "possessive repetition is not supported"),
      ("bad repetition operator: ?+", "possessive repetition is not supported"),
      ("invalid escape sequence: \\Z", "\\Z is not supported; the end of the text is \\z"),
      ("invalid escape sequence: \\u", "\\u is not supported; a character's number is written \\x{2013}"),
      ("invalid repetition size", "a repetition counts up to 1000"),
    ] + (1...9).map { ("invalid escape sequence: \\\($0)", "back-references are not supported") }
}
