// SPDX-License-Identifier: Apache-2.0

/// One change of a source file: some bytes are replaced by others. It keeps the number of lines, so that nothing behind it moves.
public struct SourceEdit: Hashable, Sendable {
  /// The bytes that are replaced.
  public var range: Range<Int>
  /// What takes their place.
  public var replacement: String

  /// The file's bytes after the change.
  public func applied(to source: CSource) -> [UInt8] {
    var bytes = source.bytes
    bytes.replaceSubrange(range, with: padded(in: source).utf8)
    return bytes
  }

  /// The lines that it changes, before and after, without the blanks around them.
  public func lines(of source: CSource) -> (before: String, after: String) {
    let lines = source.lines(around: range)
    let after =
      source.text(lines.lowerBound..<range.lowerBound) + replacement + source.text(range.upperBound..<lines.upperBound)
    return (source.text(lines).trimmed, after.trimmed)
  }

  /// The replacement with as many lines as what it replaces.
  private func padded(in source: CSource) -> String {
    let newline = UInt8(ascii: "\n")
    let missing = source.bytes[range].count { $0 == newline } - replacement.utf8.count { $0 == newline }
    return replacement + String(repeating: "\n", count: max(0, missing))
  }
}

extension String {
  fileprivate var trimmed: String {
    let blanks: Set<Character> = [" ", "\t", "\n", "\r"]
    let start = drop { blanks.contains($0) }
    guard let last = start.lastIndex(where: { !blanks.contains($0) }) else { return "" }
    return String(start[...last])
  }
}
