// SPDX-License-Identifier: Apache-2.0

/// As much of a DHCP message (RFC 2131, 2132) as shows who asks for or gets which address.
package struct DHCPMessage: Equatable, Sendable {
  /// DHCP message types, option 53 (RFC 2132, 9.6).
  package enum Kind: UInt8, Sendable {
    case discover = 1
    case offer, request, decline, acknowledge, refuse, release, inform
  }

  package static let serverPort: UInt16 = 67
  package static let clientPort: UInt16 = 68

  package var isRequest: Bool
  package var kind: Kind
  package var transaction: UInt32
  /// The client's Ethernet address.
  package var client: MACAddress
  /// The address that the server gives ("yiaddr").
  package var assigned: IPv4Address
  /// The address that the client asks for, option 50.
  package var requested: IPv4Address?

  private static let cookie: UInt32 = 0x6382_5363
  private static let fixedLength = 240

  package init(isRequest: Bool, kind: Kind, transaction: UInt32, client: MACAddress) {
    self.isRequest = isRequest
    self.kind = kind
    self.transaction = transaction
    self.client = client
    assigned = .unspecified
  }

  /// Reads the message in a UDP payload. nil when it does not hold together: every option must fit and the type be there.
  package init?(_ bytes: [UInt8], in range: Range<Int>) {
    guard range.count >= DHCPMessage.fixedLength else { return nil }
    let start = range.lowerBound
    guard bytes[start] == 1 || bytes[start] == 2, bytes[start + 1] == 1, bytes[start + 2] == 6 else { return nil }
    guard bytes.big32(start + 236) == DHCPMessage.cookie else { return nil }
    isRequest = bytes[start] == 1
    transaction = bytes.big32(start + 4)
    assigned = IPv4Address(bytes.big32(start + 16))
    client = MACAddress(bytes.big48(start + 28))
    var found: Kind?
    var index = start + DHCPMessage.fixedLength
    options: while index < range.upperBound {
      let code = bytes[index]
      switch code {
      case 0: index += 1
      case 255: break options
      default:
        guard index + 1 < range.upperBound else { return nil }
        let length = Int(bytes[index + 1])
        guard index + 2 + length <= range.upperBound else { return nil }
        if code == 53 {
          guard length == 1, let kind = Kind(rawValue: bytes[index + 2]) else { return nil }
          found = kind
        }
        if code == 50 {
          guard length == 4 else { return nil }
          requested = IPv4Address(bytes.big32(index + 2))
        }
        index += 2 + length
      }
    }
    guard let found else { return nil }
    kind = found
  }

  /// The message as a client sends it, with room for the 312 bytes of options that RFC 2131 (2) wants of everyone.
  package var bytes: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: DHCPMessage.fixedLength)
    bytes[0] = isRequest ? 1 : 2
    bytes[1] = 1
    bytes[2] = 6
    bytes.put32(transaction, at: 4)
    bytes.put32(assigned.value, at: 16)
    bytes.put16(UInt16(truncatingIfNeeded: client.value >> 32), at: 28)
    bytes.put32(UInt32(truncatingIfNeeded: client.value), at: 30)
    bytes.put32(DHCPMessage.cookie, at: 236)
    bytes += [53, 1, kind.rawValue]
    if let requested {
      bytes += [50, 4]
      bytes.append32(requested.value)
    }
    bytes.append(255)
    return bytes + [UInt8](repeating: 0, count: max(0, 548 - bytes.count))
  }
}
