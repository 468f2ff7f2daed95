// SPDX-License-Identifier: Apache-2.0
import CRE2

/// A regular expression in RE2's syntax, for texts that a student's file, a device or a tool decides: a search takes time that grows with the length of the
/// text and never faster.
///
/// A text is a sequence of Unicode scalars: CR LF are two of them. Unless the pattern says otherwise, `^` and `$` are the beginning and the end of the whole
/// text, and `.` is anything but LF. `\d`, `\w`, `\s` and `\b` know ASCII alone; `\p{L}` and its like know all of Unicode. There is no look-ahead,
/// no look-behind, and there are no back-references.
public struct Pattern: Sendable, CustomStringConvertible {
  /// The longest text that is compiled, in bytes. What a program has sent may be a part of a pattern, and the time of a search grows with the length of that
  /// as well.
  public static let longest = 2048

  /// The expression's text.
  public let description: String
  private let compiled: CompiledPattern

  /// Compiles an expression.
  /// - Throws: `PatternProblem` if the text is no expression, or longer than ``longest``.
  public init(compiling text: String) throws(PatternProblem) {
    guard text.utf8.count <= Self.longest else { throw PatternProblem("it is longer than \(Self.longest) bytes") }
    description = text
    compiled = try CompiledPattern(text)
  }

  /// Compiles an expression that stands in the lab's own sources, and is one.
  public init(_ text: StaticString) {
    do {
      try self.init(compiling: "\(text)")
    } catch {
      preconditionFailure("\(text): \(error)")
    }
  }

  /// The expression that matches nothing but a text: any text at all.
  public static func quoted(_ text: String) -> String {
    var text = text
    return text.withUTF8 { bytes in
      String(unsafeUninitializedCapacity: 4 * bytes.count) { result in
        guard let start = bytes.baseAddress, let end = result.baseAddress else { return 0 }
        return end.withMemoryRebound(to: CChar.self, capacity: result.count) { target in
          start.withMemoryRebound(to: CChar.self, capacity: bytes.count) { re2_quote($0, bytes.count, target) }
        }
      }
    }
  }

  /// Whether there is a match anywhere in a text.
  public func isFound(in text: some StringProtocol) -> Bool {
    withUTF8(Substring(text)) { compiled.search($0, isCapturing: false) } != nil
  }

  /// The leftmost match in a text.
  public func firstMatch(in text: some StringProtocol) -> PatternMatch? {
    let text = Substring(text)
    return withUTF8(text) { compiled.search($0, isCapturing: true) }.map { PatternMatch(in: text, $0) }
  }

  /// The match that is all of a text.
  public func wholeMatch(in text: some StringProtocol) -> PatternMatch? {
    let text = Substring(text)
    let spans = withUTF8(text) { compiled.search($0, place: RE2_WHOLE_TEXT, isCapturing: true) }
    return spans.map { PatternMatch(in: text, $0) }
  }

  /// The place of the leftmost match in a text of bytes, which is UTF-8.
  public func firstRange(in bytes: [UInt8]) -> Range<Int>? {
    bytes.withUnsafeBufferPointer { compiled.search($0, isCapturing: true)?[0] }
  }

  /// All matches in a text, from left to right, none within another.
  ///
  /// Each search begins where the last match ended. The time grows no faster than the text only for patterns that can tell where a match ends without looking
  /// much further: not for `a.*b|a`.
  /// - Parameter limit: how many are looked for.
  public func matches(in text: some StringProtocol, limit: Int = .max) -> [PatternMatch] {
    let text = Substring(text)
    return withUTF8(text) { bytes in
      var matches: [PatternMatch] = []
      var start = 0
      while matches.count < limit, start <= bytes.count,
        let spans = compiled.search(bytes, from: start, isCapturing: true)
      {
        let match = PatternMatch(in: text, spans)
        matches.append(match)
        start = match.bytes.upperBound
        if match.bytes.isEmpty {
          repeat { start += 1 } while start < bytes.count && UTF8.isContinuation(bytes[start])
        }
      }
      return matches
    }
  }

  /// A text with something else in place of each match; see ``matches(in:)``.
  public func replacing(in text: String, with replacement: (PatternMatch) -> String) -> String {
    var result = ""
    var rest = text.startIndex
    for match in matches(in: text) {
      result += text[rest..<match.range.lowerBound]
      result += replacement(match)
      rest = match.range.upperBound
    }
    return result + text[rest...]
  }

  private func withUTF8<Result>(_ text: Substring, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    var text = text
    return text.withUTF8(body)
  }
}
