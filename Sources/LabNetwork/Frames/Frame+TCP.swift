// SPDX-License-Identifier: Apache-2.0

extension Frame {
  static func tcp(_ bytes: [UInt8], _ header: IPv4Header, _ body: Range<Int>) throws(DropReason) -> Content {
    let start = body.lowerBound
    guard body.count >= 20 else { throw .tcpHeader }
    let length = Int(bytes[start + 12] >> 4) * 4
    guard length >= 20, length <= body.count else { throw .tcpHeader }
    guard segmentChecksum(bytes, header, body) == 0 else { throw .tcpChecksum }
    let flags = TCPFlags(rawValue: bytes[start + 13] & 0x3f)
    guard !flags.contains(.urg) else { throw .urgent }
    let options = Array(bytes[start + 20..<start + length])
    let tcp = TCPHeader(
      sourcePort: bytes.big16(start), destinationPort: bytes.big16(start + 2),
      sequence: bytes.big32(start + 4), acknowledgement: bytes.big32(start + 8),
      flags: flags, window: bytes.big16(start + 14), options: options)
    let payload = start + length..<body.upperBound
    guard tcp.sourcePort != 0, tcp.destinationPort != 0 else { throw .tcpHeader }
    guard flagsAgree(flags), !flags.contains(.syn) || payload.isEmpty else { throw .tcpFlags }
    guard optionsFit(options) else { throw .tcpOptions }
    return .tcp(header, tcp, payload: payload)
  }

  /// Whether a segment with these flags can occur: SYN, FIN and RST exclude each other, and all but the first SYN and
  /// some RSTs acknowledge.
  private static func flagsAgree(_ flags: TCPFlags) -> Bool {
    let steering = flags.intersection([.syn, .fin, .rst])
    switch steering {
    case .syn, .rst: return true
    case .fin, []: return flags.contains(.ack)
    default: return false
    }
  }

  /// Whether the options' lengths lead from one to the next within the header (RFC 9293, 3.2).
  private static func optionsFit(_ options: [UInt8]) -> Bool {
    var index = 0
    while index < options.count {
      switch options[index] {
      case 0: return true
      case 1: index += 1
      default:
        guard index + 1 < options.count else { return false }
        let length = Int(options[index + 1])
        guard length >= 2, index + length <= options.count else { return false }
        // A segment size of less than lwIP's and slirp's own lowest would only multiply frames.
        if options[index] == 2 {
          guard length == 4, options.big16(index + 2) >= 32 else { return false }
        }
        index += length
      }
    }
    return true
  }
}
