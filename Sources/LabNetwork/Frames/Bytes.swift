// SPDX-License-Identifier: Apache-2.0

/// Network byte order. Callers have checked the bounds; a mistake of theirs traps and does not read beyond the array.
extension [UInt8] {
  @inline(__always)
  package func big16(_ offset: Int) -> UInt16 {
    UInt16(self[offset]) << 8 | UInt16(self[offset + 1])
  }

  @inline(__always)
  package func big32(_ offset: Int) -> UInt32 {
    UInt32(big16(offset)) << 16 | UInt32(big16(offset + 2))
  }

  package func big48(_ offset: Int) -> UInt64 {
    UInt64(big16(offset)) << 32 | UInt64(big32(offset + 2))
  }

  package mutating func put16(_ value: UInt16, at offset: Int) {
    self[offset] = UInt8(value >> 8)
    self[offset + 1] = UInt8(truncatingIfNeeded: value)
  }

  package mutating func put32(_ value: UInt32, at offset: Int) {
    put16(UInt16(value >> 16), at: offset)
    put16(UInt16(truncatingIfNeeded: value), at: offset + 2)
  }

  package mutating func append16(_ value: UInt16) {
    append(UInt8(value >> 8))
    append(UInt8(truncatingIfNeeded: value))
  }

  package mutating func append32(_ value: UInt32) {
    append16(UInt16(value >> 16))
    append16(UInt16(truncatingIfNeeded: value))
  }

  package mutating func append48(_ value: UInt64) {
    append16(UInt16(truncatingIfNeeded: value >> 32))
    append32(UInt32(truncatingIfNeeded: value))
  }
}
