// SPDX-License-Identifier: Apache-2.0

/// The checksum of IPv4, ICMP, UDP and TCP: the one's complement of the one's complement sum of 16-bit words (RFC 1071).
package struct InternetChecksum {
  private var sum: UInt64 = 0

  package init() {}

  /// Starts with the pseudo header of TCP and UDP (RFC 793, 3.1; RFC 768).
  package init(source: IPv4Address, destination: IPv4Address, protocolNumber: UInt8, length: Int) {
    sum = UInt64(source.value) + UInt64(destination.value) + UInt64(protocolNumber) + UInt64(length)
  }

  /// Takes up bytes. Only the last part that is added may have an odd length.
  package mutating func add(_ bytes: [UInt8], in range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    bytes.withUnsafeBytes { buffer in
      var total: UInt64 = 0
      var offset = range.lowerBound
      // Four bytes at a time: the frames of a whole run pass here, in unoptimised builds too.
      while range.upperBound - offset >= 4 {
        total &+= UInt64(UInt32(bigEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
        offset += 4
      }
      var shift: UInt64 = 24
      while offset < range.upperBound {
        total &+= UInt64(buffer[offset]) << shift
        shift -= 8
        offset += 1
      }
      sum &+= total
    }
  }

  /// The checksum as it stands in the header; 0 for data that contains its right checksum.
  package var value: UInt16 {
    var folded = sum
    while folded >> 16 != 0 { folded = (folded & 0xffff) + folded >> 16 }
    return ~UInt16(folded)
  }

  /// A header's checksum after one 16-bit word under it has changed (RFC 1624, equation 3).
  package static func updated(_ checksum: UInt16, from old: UInt16, to new: UInt16) -> UInt16 {
    var sum = UInt32(~checksum) + UInt32(~old) + UInt32(new)
    while sum >> 16 != 0 { sum = (sum & 0xffff) + sum >> 16 }
    return ~UInt16(sum)
  }

  /// As above for a 32-bit word, such as an address.
  package static func updated(_ checksum: UInt16, from old: UInt32, to new: UInt32) -> UInt16 {
    let high = updated(checksum, from: UInt16(old >> 16), to: UInt16(new >> 16))
    return updated(high, from: UInt16(truncatingIfNeeded: old), to: UInt16(truncatingIfNeeded: new))
  }
}
