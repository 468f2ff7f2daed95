// SPDX-License-Identifier: Apache-2.0

/// Makes the blocks of a pcapng file (draft-ietf-opsawg-pcapng) with one Ethernet interface and nanosecond times.
package enum PcapngWriter {
  /// The start of the file: section header and interface description.
  package static func header(application: String, interface: String, description: String) -> [UInt8] {
    var section: [UInt8] = []
    little32(&section, 0x1a2b_3c4d)
    little16(&section, 1)
    little16(&section, 0)
    // The section's length is not given: all ones.
    section += [UInt8](repeating: 0xff, count: 8)
    option(&section, 4, Array(application.utf8))
    little32(&section, 0)

    var device: [UInt8] = []
    little16(&device, 1)
    little16(&device, 0)
    little32(&device, 0)
    option(&device, 2, Array(interface.utf8))
    option(&device, 3, Array(description.utf8))
    // if_tsresol: times count in 10^-9 s.
    option(&device, 9, [9])
    little32(&device, 0)
    return block(0x0a0d_0d0a, section) + block(1, device)
  }

  /// A frame.
  /// - Parameters:
  ///   - time: nanoseconds.
  ///   - direction: written as "outbound" for what the device sends: the interface is the device's.
  ///   - comment: shown by Wireshark as the packet's comment.
  package static func packet(_ frame: [UInt8], time: UInt64, direction: Direction, comment: String? = nil) -> [UInt8] {
    var body: [UInt8] = []
    body.reserveCapacity(frame.count + 64)
    little32(&body, 0)
    little32(&body, UInt32(time >> 32))
    little32(&body, UInt32(truncatingIfNeeded: time))
    little32(&body, UInt32(frame.count))
    little32(&body, UInt32(frame.count))
    body += frame
    pad(&body)
    if let comment { option(&body, 1, Array(comment.utf8)) }
    // epb_flags: 1 is inbound, 2 is outbound.
    option(&body, 2, [direction == .fromDevice ? 2 : 1, 0, 0, 0])
    little32(&body, 0)
    return block(6, body)
  }

  private static func block(_ type: UInt32, _ body: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(body.count + 12)
    little32(&bytes, type)
    little32(&bytes, UInt32(body.count + 12))
    bytes += body
    little32(&bytes, UInt32(body.count + 12))
    return bytes
  }

  private static func option(_ bytes: inout [UInt8], _ code: UInt16, _ value: [UInt8]) {
    little16(&bytes, code)
    little16(&bytes, UInt16(value.count))
    bytes += value
    pad(&bytes)
  }

  private static func pad(_ bytes: inout [UInt8]) {
    while bytes.count % 4 != 0 { bytes.append(0) }
  }

  private static func little16(_ bytes: inout [UInt8], _ value: UInt16) {
    bytes.append(UInt8(truncatingIfNeeded: value))
    bytes.append(UInt8(value >> 8))
  }

  private static func little32(_ bytes: inout [UInt8], _ value: UInt32) {
    little16(&bytes, UInt16(truncatingIfNeeded: value))
    little16(&bytes, UInt16(value >> 16))
  }
}
