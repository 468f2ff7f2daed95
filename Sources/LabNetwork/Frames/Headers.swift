// SPDX-License-Identifier: Apache-2.0

/// The flags of a TCP segment (RFC 9293, 3.1), encoded as their byte in the header.
public struct TCPFlags: OptionSet, Hashable, Codable, Sendable, CustomStringConvertible {
  /// The byte in the header.
  public let rawValue: UInt8

  /// - Parameter rawValue: the byte in the header.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The sender has sent all that it will send.
  public static let fin = TCPFlags(rawValue: 1)
  /// The sender opens its side of the connection.
  public static let syn = TCPFlags(rawValue: 2)
  /// The connection is aborted or refused.
  public static let rst = TCPFlags(rawValue: 4)
  /// The receiver shall hand the data on at once.
  public static let psh = TCPFlags(rawValue: 8)
  /// The acknowledgement number counts.
  public static let ack = TCPFlags(rawValue: 16)
  /// The urgent pointer counts.
  public static let urg = TCPFlags(rawValue: 32)

  /// The names of the flags that are set, such as `SYN,ACK`.
  public var description: String {
    let names: [(TCPFlags, String)] = [
      (.syn, "SYN"), (.fin, "FIN"), (.rst, "RST"), (.psh, "PSH"), (.ack, "ACK"), (.urg, "URG"),
    ]
    return names.filter { contains($0.0) }.map(\.1).joined(separator: ",")
  }
}

/// Ethernet II (IEEE 802.3, 3.1.1).
package struct EthernetHeader: Equatable, Sendable {
  package static let length = 14
  package static let ipv4: UInt16 = 0x0800
  package static let arp: UInt16 = 0x0806
  package static let ipv6: UInt16 = 0x86dd

  package var destination: MACAddress
  package var source: MACAddress
  package var type: UInt16
}

/// IPv4 without options (RFC 791, 3.1).
package struct IPv4Header: Equatable, Sendable {
  package static let length = 20

  package var source: IPv4Address
  package var destination: IPv4Address
  package var protocolNumber: UInt8
  package var timeToLive: UInt8 = 64
  package var identification: UInt16 = 0
}

/// IPv4 protocol numbers.
package enum IPProtocol {
  package static let icmp: UInt8 = 1
  package static let tcp: UInt8 = 6
  package static let udp: UInt8 = 17
}

/// ARP for Ethernet and IPv4 (RFC 826).
package struct ARPPacket: Equatable, Sendable {
  package static let length = 28
  package static let request: UInt16 = 1
  package static let reply: UInt16 = 2

  package var operation: UInt16
  package var senderMAC: MACAddress
  package var sender: IPv4Address
  package var targetMAC: MACAddress
  package var target: IPv4Address
}

/// TCP (RFC 9293, 3.1).
package struct TCPHeader: Equatable, Sendable {
  package var sourcePort: UInt16
  package var destinationPort: UInt16
  package var sequence: UInt32
  package var acknowledgement: UInt32 = 0
  package var flags: TCPFlags
  package var window: UInt16 = 0
  /// Options as they stand in the header, padded to a multiple of four bytes.
  package var options: [UInt8] = []

  package var length: Int { 20 + options.count }

  /// The header of the same segment without data and without the end of the stream.
  package var withoutData: TCPHeader {
    var header = self
    header.flags.subtract([.fin, .psh])
    return header
  }
}

/// UDP (RFC 768).
package struct UDPHeader: Equatable, Sendable {
  package static let length = 8

  package var sourcePort: UInt16
  package var destinationPort: UInt16
}

/// ICMP echo request or reply (RFC 792).
package struct ICMPEcho: Equatable, Sendable {
  package static let length = 8

  package var isRequest: Bool
  package var identifier: UInt16
  package var sequence: UInt16
}
