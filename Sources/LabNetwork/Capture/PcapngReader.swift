// SPDX-License-Identifier: Apache-2.0

/// Reads the frames of a capture, one after the other, as ``PcapngWriter`` writes them: little-endian pcapng
/// (draft-ietf-opsawg-pcapng) with Ethernet interfaces and enhanced packet blocks.
///
/// A capture is what a student's program sent, and may have been cut off or tampered with on its way: nothing in it makes the reader
/// trap, read beyond the bytes, or take more memory than the frame at hand.
package struct PcapngReader: Sequence, IteratorProtocol {
  /// A frame of the capture.
  package struct Packet: Equatable, Sendable {
    /// Nanoseconds on the capture's clock.
    package var time: UInt64
    /// Which way it went; nil where the capture does not say.
    package var direction: Direction?
    /// The frame, from its Ethernet header on; not necessarily a well-formed one.
    package var bytes: [UInt8]
    /// What its writer remarked.
    package var comment: String?
  }

  /// Why there is nothing more to read.
  package enum Problem: Equatable, Sendable {
    /// It does not begin as a little-endian pcapng file does.
    case notPcapng
    /// A block is not whole, or contradicts itself.
    case damaged(offset: Int)
  }

  /// An interface's unit of time: 10^-`digits` s.
  private struct Interface {
    var digits: Int
    var isEthernet: Bool
  }

  /// The most interfaces that a section may have; ours has one.
  private static let interfaceLimit = 64
  private static let sectionHeader: UInt32 = 0x0a0d_0d0a

  private let bytes: [UInt8]
  private var offset = 0
  private var interfaces: [Interface] = []
  /// What was wrong with the capture where reading it ended; nil while there is more, and at its proper end.
  package private(set) var problem: Problem?

  /// - Parameter bytes: the whole file.
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    let isPcapng = bytes.count >= 12 && bytes.little32(0) == Self.sectionHeader && bytes.little32(8) == 0x1a2b_3c4d
    if !isPcapng { problem = .notPcapng }
  }

  /// The next frame; nil at the end, or where the capture is damaged.
  package mutating func next() -> Packet? {
    while problem == nil, offset < bytes.count {
      let start = offset
      guard let body = nextBlock() else {
        problem = .damaged(offset: start)
        return nil
      }
      switch bytes.little32(start) {
      case Self.sectionHeader:
        guard body.count >= 16, bytes.little32(body.lowerBound) == 0x1a2b_3c4d else { return damaged(at: start) }
        interfaces = []
      case 1:
        guard let interface = interface(body), interfaces.count < Self.interfaceLimit else { return damaged(at: start) }
        interfaces.append(interface)
      case 6:
        guard let packet = packet(body) else { return damaged(at: start) }
        if let packet = packet.ethernet { return packet }
      default:
        // Statistics, name resolution and whatever else there is say nothing about frames.
        break
      }
    }
    return nil
  }

  private mutating func damaged(at start: Int) -> Packet? {
    problem = .damaged(offset: start)
    return nil
  }

  /// Goes behind the block at hand. nil unless its length holds, and stands at its end once more.
  private mutating func nextBlock() -> Range<Int>? {
    let rest = bytes.count - offset
    guard rest >= 12 else { return nil }
    let length = Int(bytes.little32(offset + 4))
    guard length >= 12, length % 4 == 0, length <= rest, bytes.little32(offset + length - 4) == UInt32(length) else {
      return nil
    }
    let body = offset + 8..<offset + length - 4
    offset += length
    return body
  }

  private func interface(_ body: Range<Int>) -> Interface? {
    guard body.count >= 8 else { return nil }
    // Microseconds unless an option says otherwise.
    var digits = 6
    guard
      options(
        body.lowerBound + 8..<body.upperBound,
        { code, value in if code == 9, value.count == 1 { digits = Int(bytes[value.lowerBound]) } }),
      (0...9).contains(digits)
    else { return nil }
    return Interface(digits: digits, isEthernet: bytes.little16(body.lowerBound) == 1)
  }

  private func packet(_ body: Range<Int>) -> (ethernet: Packet?, Void)? {
    let start = body.lowerBound
    guard body.count >= 20, let interface = interfaces.dropFirst(Int(bytes.little32(start))).first else { return nil }
    let length = Int(bytes.little32(start + 12))
    let padded = (length + 3) / 4 * 4
    guard padded <= body.count - 20 else { return nil }
    let ticks = UInt64(bytes.little32(start + 4)) << 32 | UInt64(bytes.little32(start + 8))
    let scale = (interface.digits..<9).reduce(UInt64(1)) { scale, _ in scale * 10 }
    let (time, overflow) = ticks.multipliedReportingOverflow(by: scale)
    var packet = Packet(time: overflow ? .max : time, bytes: [])
    let isWhole = options(start + 20 + padded..<body.upperBound) { code, value in
      switch code {
      case 1: packet.comment = String(decoding: bytes[value], as: UTF8.self)
      case 2 where value.count == 4:
        // Bits 0 and 1 of epb_flags: 1 is inbound, 2 is outbound, at the device.
        switch bytes[value.lowerBound] & 3 {
        case 1: packet.direction = .toDevice
        case 2: packet.direction = .fromDevice
        default: break
        }
      default: break
      }
    }
    guard isWhole else { return nil }
    packet.bytes = Array(bytes[start + 20..<start + 20 + length])
    return (interface.isEthernet ? packet : nil, ())
  }

  /// Goes through the options of a block; there may be none.
  /// - Returns: whether each fits.
  private func options(_ range: Range<Int>, _ take: (UInt16, Range<Int>) -> Void) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound {
      guard range.upperBound - index >= 4 else { return false }
      let code = bytes.little16(index)
      let length = Int(bytes.little16(index + 2))
      if code == 0 { return true }
      let end = index + 4 + (length + 3) / 4 * 4
      guard end <= range.upperBound else { return false }
      take(code, index + 4..<index + 4 + length)
      index = end
    }
    return true
  }
}

/// The file's byte order. Callers have checked the bounds; a mistake of theirs traps and does not read beyond the array.
extension [UInt8] {
  fileprivate func little16(_ offset: Int) -> UInt16 {
    UInt16(self[offset]) | UInt16(self[offset + 1]) << 8
  }

  fileprivate func little32(_ offset: Int) -> UInt32 {
    UInt32(little16(offset)) | UInt32(little16(offset + 2)) << 16
  }
}
