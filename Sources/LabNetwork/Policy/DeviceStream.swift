// SPDX-License-Identifier: Apache-2.0

/// How far the device's half of a connection has come, as libslirp has it: what passes continues the stream without a gap, so libslirp
/// never has to keep anything for reassembly.
struct DeviceStream {
  /// The number after the last one that libslirp has; nil before the device's SYN.
  private var next: UInt32?
  /// The right edge of the window that libslirp has offered; nil before it has offered any.
  private var edge: UInt32?
  /// The window in libslirp's SYN, when that came first.
  private var firstWindow: UInt16 = 0

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
    guard let next, !tcp.sequence.isAfter(next) else { return false }
    // What lies beyond the window libslirp cuts off (a probe of a closed window does), so it does not count as sent.
    let end = tcp.sequence &+ taken
    let limit = edge ?? next
    let reached = end.isAfter(limit) ? limit : end
    if reached.isAfter(next) { self.next = reached }
    return true
  }

  /// Takes up what libslirp acknowledges and offers.
  mutating func takeAcknowledgement(_ tcp: TCPHeader) {
    guard tcp.flags.contains(.ack) else {
      firstWindow = tcp.window
      return
    }
    guard let next, !tcp.flags.contains(.rst) else { return }
    if tcp.acknowledgement.isAfter(next) { self.next = tcp.acknowledgement }
    let offered = tcp.acknowledgement &+ UInt32(tcp.window)
    if let edge, !offered.isAfter(edge) { return }
    edge = offered
  }
}
