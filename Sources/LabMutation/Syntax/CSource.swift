// SPDX-License-Identifier: Apache-2.0

/// A C source file's text. Places in it are offsets in bytes.
public struct CSource: Equatable, Sendable {
  /// The file's bytes.
  public let bytes: [UInt8]

  /// - Parameter bytes: the file's bytes.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The text between two places.
  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The number of the line that a place is in, from 1.
  func line(at place: Int) -> Int { 1 + bytes[..<place].count { $0 == UInt8(ascii: "\n") } }

  /// The whole lines that a range is in.
  func lines(around range: Range<Int>) -> Range<Int> {
    let newline = UInt8(ascii: "\n")
    let begin = bytes[..<range.lowerBound].lastIndex(of: newline).map { $0 + 1 } ?? 0
    let end = bytes[range.upperBound...].firstIndex(of: newline) ?? bytes.count
    return begin..<end
  }

  /// Finds the end of a parenthesis that begins at a place or after blanks there; nil where none begins, or it does not end.
  func closingParenthesis(after place: Int) -> Int? {
    guard let opening = bytes[place...].firstIndex(where: { !Self.isBlank($0) }),
      bytes[opening] == UInt8(ascii: "(")
    else { return nil }
    var depth = 0
    var index = opening
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"):
        depth -= 1
        if depth == 0 { return index }
      case UInt8(ascii: "\""), UInt8(ascii: "'"): index = endOfLiteral(at: index)
      case UInt8(ascii: "/"): index = endOfComment(at: index)
      default: break
      }
      index += 1
    }
    return nil
  }

  /// The place of a token, of which there is only one in a range beside blanks, comments and parentheses; nil if there is more.
  func onlyToken(_ token: String, in range: Range<Int>) -> Range<Int>? {
    var found: Range<Int>?
    var index = range.lowerBound
    while index < range.upperBound {
      if bytes[index...].starts(with: token.utf8), found == nil {
        found = index..<(index + token.utf8.count)
        index += token.utf8.count
        continue
      }
      let end = endOfComment(at: index)
      let isBetween =
        Self.isBlank(bytes[index]) || bytes[index] == UInt8(ascii: "(") || bytes[index] == UInt8(ascii: ")")
      guard end > index || isBetween else { return nil }
      index = end + 1
    }
    return found
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }

  /// The last byte of a literal that begins at a place.
  private func endOfLiteral(at place: Int) -> Int {
    var index = place + 1
    while index < bytes.count, bytes[index] != bytes[place], bytes[index] != UInt8(ascii: "\n") {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return index
  }

  /// The last byte of a comment that begins at a place; the place itself if none does.
  private func endOfComment(at place: Int) -> Int {
    let rest = bytes[place...]
    if rest.starts(with: "//".utf8) { return (rest.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count) - 1 }
    guard rest.starts(with: "/*".utf8) else { return place }
    var index = place + 2
    while index + 1 < bytes.count, !(bytes[index] == UInt8(ascii: "*") && bytes[index + 1] == UInt8(ascii: "/")) {
      index += 1
    }
    return min(index + 1, bytes.count - 1)
  }
}
