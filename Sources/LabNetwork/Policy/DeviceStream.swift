// SPDX-License-Identifier: Apache-2.0

/// How far the device's half of a connection has come, as libslirp has it: what passes continues the stream without a gap, so libslirp
/// never has to keep anything for reassembly. Where segments got lost it keeps a few.
struct DeviceStream {
  /// How many segments beyond a gap libslirp is given to keep. The device's send buffer of 5760 bytes makes four full ones.
  static let aheadLimit = 16

  /// Whether a segment got lost, so that gaps are to be expected.
  var mayHaveGaps = false

  /// How many segments libslirp keeps beyond a gap, and the number after the last of them.
  private var ahead: (count: Int, end: UInt32)?
  /// What libslirp has acknowledged up to; nil before it has.
  private var acknowledged: UInt32?
  /// The number after the last one that libslirp has; nil before the device's SYN.
  private var next: UInt32?
  /// The right edge of the window that libslirp has offered; nil before it has offered any.
  private var edge: UInt32?
  /// The window in libslirp's SYN, when that came first.
  private var firstWindow: UInt16 = 0

  /// Whether the device has sent its SYN.
  var hasBegun: Bool { next != nil }

  /// How many sequence numbers libslirp has been given and has not acknowledged.
  var unacknowledged: Int {
    guard let next else { return 0 }
    return acknowledged.map { next.isAfter($0) ? Int(next &- $0) : 0 } ?? 1
  }

  /// Takes up a segment of the device.
  /// - Returns: false when it must not pass.
  mutating func take(_ tcp: TCPHeader, payloadLength: Int) -> Bool {
    if tcp.flags.contains(.syn) {
      next = tcp.sequence &+ 1
      edge = tcp.flags.contains(.ack) ? tcp.sequence &+ 1 &+ UInt32(firstWindow) : nil
      return true
    }
    let taken = UInt32(payloadLength) + (tcp.flags.contains(.fin) ? 1 : 0)
    guard taken > 0, !tcp.flags.contains(.rst) else { return true }
    guard let next else { return false }
    guard !tcp.sequence.isAfter(next) else { return takeAhead(tcp.sequence &+ taken) }
    // What lies beyond the window libslirp cuts off (a probe of a closed window does), so it does not count as sent.
    let end = tcp.sequence &+ taken
    let limit = edge ?? next
    let reached = end.isAfter(limit) ? limit : end
    if reached.isAfter(next) { move(to: reached) }
    return true
  }

  /// Takes up what libslirp acknowledges and offers.
  mutating func takeAcknowledgement(_ tcp: TCPHeader) {
    guard tcp.flags.contains(.ack) else {
      firstWindow = tcp.window
      return
    }
    guard let next, !tcp.flags.contains(.rst) else { return }
    acknowledged = tcp.acknowledgement
    if tcp.acknowledgement.isAfter(next) { move(to: tcp.acknowledgement) }
    let offered = tcp.acknowledgement &+ UInt32(tcp.window)
    if let edge, !offered.isAfter(edge) { return }
    edge = offered
  }

  /// Decides about a segment beyond a gap, which ends at a number.
  private mutating func takeAhead(_ end: UInt32) -> Bool {
    guard mayHaveGaps, let edge, !end.isAfter(edge) else { return false }
    let kept = ahead ?? (0, end)
    guard kept.count < DeviceStream.aheadLimit else { return false }
    ahead = (kept.count + 1, end.isAfter(kept.end) ? end : kept.end)
    return true
  }

  private mutating func move(to number: UInt32) {
    next = number
    // What libslirp kept is in the stream only once it has acknowledged all of it: a gap may follow the gap.
    if let ahead, !ahead.end.isAfter(number) { self.ahead = nil }
  }
}
