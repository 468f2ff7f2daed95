// SPDX-License-Identifier: Apache-2.0

/// An IPv4 address.
public struct IPv4Address: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The four bytes, the first one the most significant.
  public var value: UInt32

  /// - Parameter value: the four bytes, the first one the most significant.
  public init(_ value: UInt32) { self.value = value }

  /// The address `a.b.c.d`.
  public init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) {
    value = UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8 | UInt32(d)
  }

  /// Reads dotted-decimal text: four numbers up to 255 without signs, blanks or leading zeros; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var value: UInt32 = 0
    for part in parts {
      guard (1...3).contains(part.count), part.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      guard part.count == 1 || part.first != 0x30 else { return nil }
      let number = part.reduce(0) { $0 * 10 + UInt32($1 - 0x30) }
      guard number <= 255 else { return nil }
      value = value << 8 | number
    }
    self.value = value
  }

  /// Dotted-decimal text.
  public var description: String {
    "\(value >> 24).\(value >> 16 & 255).\(value >> 8 & 255).\(value & 255)"
  }

  /// Orders addresses as numbers.
  public static func < (left: Self, right: Self) -> Bool { left.value < right.value }

  /// 0.0.0.0, the source of a host without an address (RFC 1122, 3.2.1.3).
  public static let unspecified = IPv4Address(0)
  /// 255.255.255.255.
  public static let broadcast = IPv4Address(0xffff_ffff)
}

extension IPv4Address: Codable {
  /// Decodes dotted-decimal text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let address = IPv4Address(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an IPv4 address: \(text)")
    }
    self = address
  }

  /// Encodes dotted-decimal text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// An IPv4 address and a TCP or UDP port.
public struct Endpoint: Hashable, Codable, Sendable, CustomStringConvertible {
  /// The host.
  public var address: IPv4Address
  /// The port on it.
  public var port: UInt16

  /// - Parameters: as the properties of the same names.
  public init(_ address: IPv4Address, _ port: UInt16) {
    self.address = address
    self.port = port
  }

  /// `address:port`.
  public var description: String { "\(address):\(port)" }
}

/// The addresses of the device's network, those of libslirp's defaults.
public enum NetworkPlan {
  /// 10.0.2.0, the network with a mask of 24 bits.
  public static let network = IPv4Address(10, 0, 2, 0)
  /// 255.255.255.0.
  public static let mask = IPv4Address(255, 255, 255, 0)
  /// The lab's host as the device sees it: gateway, DHCP server, and the far end of forwarded connections.
  public static let host = IPv4Address(10, 0, 2, 2)
  /// The name server that DHCP announces.
  public static let nameServer = IPv4Address(10, 0, 2, 3)
  /// The address that DHCP gives to the first device; forwards lead to it.
  public static let device = IPv4Address(10, 0, 2, 15)

  /// Whether an address may be a device's own: in the network, and neither ours nor a broadcast address.
  public static func mayBeDevice(_ address: IPv4Address) -> Bool {
    address.value & mask.value == network.value && address != host && address != nameServer
      && address.value & 0xff != 0 && address.value & 0xff != 0xff
  }
}
