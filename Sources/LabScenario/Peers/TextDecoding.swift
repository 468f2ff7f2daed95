// SPDX-License-Identifier: Apache-2.0

/// Bytes as text, in which U+FFFD stands for what is not UTF-8.
enum TextDecoding {
  /// How many of the bytes make so much of the text.
  /// - Parameters:
  ///   - count: bytes of the text, up to the border between two scalars.
  ///   - bytes: what the text was decoded from.
  static func source(of count: Int, in bytes: some Collection<UInt8>) -> Int {
    var parser = UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var (decoded, taken) = (0, 0)
    while decoded < count {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let scalar):
        decoded += scalar.count
        taken += scalar.count
      case .error(let length):
        decoded += UTF8.encodedReplacementCharacter.count
        taken += length
      case .emptyInput: return taken
      }
    }
    return taken
  }

  /// How many bytes at the end are the beginning of a scalar whose rest may still come.
  static func unfinished(_ bytes: some BidirectionalCollection<UInt8>) -> Int {
    for (index, first) in bytes.reversed().prefix(3).enumerated() where !UTF8.isContinuation(first) {
      let beginning = Array(bytes.suffix(index + 1))
      // For each beginning one of these makes a scalar of it (RFC 3629, 4).
      let ends: [[UInt8]] = [[0x80], [0x80, 0x80], [0xa0, 0x80], [0x80, 0x80, 0x80], [0x90, 0x80, 0x80]]
      return first >= 0x80 && ends.contains { String(validating: beginning + $0, as: UTF8.self) != nil } ? index + 1 : 0
    }
    return 0
  }
}
