// SPDX-License-Identifier: Apache-2.0

/// An Ethernet address.
public struct MACAddress: Hashable, Sendable, CustomStringConvertible {
  /// The six bytes in the low 48 bits, the first one the most significant.
  public var value: UInt64

  /// - Parameter value: the six bytes in the low 48 bits.
  public init(_ value: UInt64) { self.value = value & 0xffff_ffff_ffff }

  /// Whether it is a group address: multicast or broadcast.
  public var isGroup: Bool { value >> 40 & 1 == 1 }

  /// Six hexadecimal bytes with colons.
  public var description: String {
    (0..<6).map { index in
      let byte = value >> (40 - 8 * UInt64(index)) & 0xff
      return (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined(separator: ":")
  }

  /// ff:ff:ff:ff:ff:ff.
  public static let broadcast = MACAddress(0xffff_ffff_ffff)

  /// The address that libslirp gives to its host and name server: 52:55 and then the IPv4 address.
  public static func ofNetwork(_ address: IPv4Address) -> MACAddress {
    MACAddress(0x5255_0000_0000 | UInt64(address.value))
  }
}
