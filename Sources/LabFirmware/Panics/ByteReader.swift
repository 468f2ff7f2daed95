// SPDX-License-Identifier: Apache-2.0

/// Reads little-endian numbers, one after another, from bytes that nobody vouches for: past the end there is nothing, and no trap.
struct ByteReader {
  private let bytes: ArraySlice<UInt8>
  /// Where the next number begins.
  private(set) var position: Int

  /// - Parameters:
  ///   - bytes: what is read; positions are indices of it.
  ///   - position: where to begin; its beginning if that is nil.
  init(_ bytes: ArraySlice<UInt8>, at position: Int? = nil) {
    self.bytes = bytes
    self.position = position ?? bytes.startIndex
  }

  /// Whether nothing is left.
  var isAtEnd: Bool { position >= bytes.endIndex }

  mutating func byte() -> UInt8? {
    guard bytes.indices.contains(position) else { return nil }
    defer { position += 1 }
    return bytes[position]
  }

  /// A number of `size` bytes, 4 at most.
  mutating func number(_ size: Int) -> UInt32? {
    var value: UInt32 = 0
    for index in 0..<size {
      guard let byte = byte() else { return nil }
      value |= UInt32(byte) << (8 * UInt32(index))
    }
    return value
  }

  mutating func word() -> UInt32? { number(4) }

  /// A number in LEB128, DWARF's coding; nil if it does not fit 31 bits, which nothing here needs.
  mutating func unsigned() -> Int? {
    var value = 0
    for shift in stride(from: 0, to: 35, by: 7) {
      guard let byte = byte() else { return nil }
      value |= Int(byte & 0x7f) << shift
      if byte & 0x80 == 0 { return value <= Int(Int32.max) ? value : nil }
    }
    return nil
  }

  /// A signed number in LEB128; nil if it does not fit 32 bits.
  mutating func signed() -> Int? {
    var value = 0
    for shift in stride(from: 0, to: 35, by: 7) {
      guard let byte = byte() else { return nil }
      value |= Int(byte & 0x7f) << shift
      if byte & 0x80 == 0 {
        let result = byte & 0x40 == 0 ? value : value - (1 << (shift + 7))
        return Int32(exactly: result).map(Int.init)
      }
    }
    return nil
  }

  /// The bytes up to the next zero, which is read as well.
  mutating func text() -> ArraySlice<UInt8>? {
    guard position <= bytes.endIndex, let end = bytes[position...].firstIndex(of: 0) else { return nil }
    defer { position = end + 1 }
    return bytes[position..<end]
  }

  /// What was read since a position.
  func slice(from start: Int) -> ArraySlice<UInt8> { bytes[start..<position] }

  /// Goes on behind some bytes.
  mutating func skip(_ count: Int) {
    position = min(position + max(count, 0), bytes.endIndex)
  }
}
