// SPDX-License-Identifier: Apache-2.0

/// Puts lines together from bytes, however they arrive.
struct LineReader {
  /// A longer line cannot be a command.
  private static let limit = 64

  private var line: [UInt8] = []
  private var isTooLong = false

  /// Takes one byte of the stream.
  /// - Returns: `nil` until a line is whole, then the line without its end; `.some(nil)` for one that is too long.
  mutating func take(_ byte: UInt8) -> [UInt8]?? {
    guard byte == UInt8(ascii: "\n") else {
      if line.count < Self.limit { line.append(byte) } else { isTooLong = true }
      return nil
    }
    defer {
      line.removeAll(keepingCapacity: true)
      isTooLong = false
    }
    if isTooLong { return .some(nil) }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    return line
  }
}
