// SPDX-License-Identifier: Apache-2.0

/// libslirp's half of a connection as the device gets it: how far it has come, and the window that it offers to the device.
///
/// A window that is limited never has its right edge moved to the left: what the device has been offered, it may use.
struct HostStream {
  /// The most bytes that may be offered at a time; nil leaves it to libslirp.
  var limit: Int?
  /// Whether nothing may be offered beyond what has been.
  var isPaused = false

  /// The number after the last one sent; nil before the SYN.
  private var next: UInt32?
  /// What the device has acknowledged up to.
  private var acknowledged: UInt32?
  /// What libslirp has acknowledged up to, and the window that it offered with it; nil before it has.
  private var offer: (acknowledgement: UInt32, window: UInt16)?
  /// The right edge of what the device has been offered; nil before anything has.
  private var edge: UInt32?
  /// The window in libslirp's SYN, when that came first.
  private var firstWindow: UInt16 = 0

  /// How many sequence numbers the device has been sent and has not acknowledged.
  var unacknowledged: Int {
    guard let next else { return 0 }
    return acknowledged.map { Int(next &- $0) } ?? 1
  }

  /// Takes up a segment on its way to the device.
  /// - Returns: the window that it may offer.
  mutating func take(_ tcp: TCPHeader, payloadLength: Int) -> UInt16 {
    guard !tcp.flags.contains(.rst) else { return tcp.window }
    let taken = UInt32(payloadLength) + (tcp.flags.isDisjoint(with: [.syn, .fin]) ? 0 : 1)
    let end = tcp.sequence &+ taken
    if next.map({ end.isAfter($0) }) ?? true { next = end }
    guard tcp.flags.contains(.ack) else {
      firstWindow = allowed(tcp.window)
      return firstWindow
    }
    offer = (tcp.acknowledgement, tcp.window)
    return makeOffer() ?? tcp.window
  }

  /// Takes up a segment of the device.
  mutating func takeAnswer(_ tcp: TCPHeader) {
    guard tcp.flags.contains(.ack), !tcp.flags.contains(.rst) else { return }
    if tcp.flags.contains(.syn) { edge = tcp.sequence &+ 1 &+ UInt32(firstWindow) }
    guard let next, !tcp.acknowledgement.isAfter(next) else { return }
    if acknowledged.map({ tcp.acknowledgement.isAfter($0) }) ?? true { acknowledged = tcp.acknowledgement }
  }

  /// Whether data of the device reaches beyond a limited window, as the probe of a closed one does: libslirp, whose own window is open,
  /// must not see it.
  func isExceeded(by tcp: TCPHeader, payloadLength: Int) -> Bool {
    guard isLimited, let edge, payloadLength > 0 else { return false }
    return (tcp.sequence &+ UInt32(payloadLength)).isAfter(edge)
  }

  /// A segment that repeats the last acknowledgement with the present window; nil before there is one.
  mutating func acknowledgement(for id: ConnectionID) -> TCPHeader? {
    guard let next, let offer, let window = makeOffer() else { return nil }
    return TCPHeader(
      sourcePort: id.peer.port, destinationPort: id.device.port, sequence: next,
      acknowledgement: offer.acknowledgement, flags: .ack, window: window)
  }

  /// The segment that tells the device that its window has opened; nil when it has not.
  mutating func update(for id: ConnectionID) -> TCPHeader? {
    let before = edge
    guard let header = acknowledgement(for: id), let before, let edge, edge.isAfter(before) else { return nil }
    return header
  }

  /// Moves the right edge to where it may be now.
  /// - Returns: the window up to there.
  private mutating func makeOffer() -> UInt16? {
    guard let offer else { return nil }
    var right = offer.acknowledgement &+ UInt32(allowed(offer.window))
    guard isLimited else {
      if edge.map({ right.isAfter($0) }) ?? true { edge = right }
      return offer.window
    }
    if let edge, isPaused || edge.isAfter(right) {
      right = offer.acknowledgement.isAfter(edge) ? offer.acknowledgement : edge
    }
    edge = right
    return UInt16(clamping: right &- offer.acknowledgement)
  }

  private var isLimited: Bool { limit != nil || isPaused }

  private func allowed(_ window: UInt16) -> UInt16 { limit.map { min(window, UInt16(clamping: $0)) } ?? window }
}
