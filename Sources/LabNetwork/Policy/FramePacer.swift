// SPDX-License-Identifier: Apache-2.0

/// Holds frames back so that the device's NIC never gets more than it can hold: ESP-IDF gives it four receive buffers, and what comes on
/// top is lost.
///
/// The NIC does not say what it still holds, but the device does: its buffers are emptied in order, so when the device acknowledges a segment,
/// that one and all before it are out of them. Frames that nothing acknowledges are taken to be out after a while, which is
/// longer while the device is silent: it may not be getting any of the host's time. It is short for bare acknowledgements: the device may be
/// waiting for the next of them, and the next one makes good for one that is lost.
package struct FramePacer {
  /// How many frames may be in the NIC's buffers. One buffer stays free for mistaken guesses.
  package static let limit = 3
  /// After how long a frame is taken to be out when the device has sent something in the meantime, in nanoseconds.
  package static let activeTime: UInt64 = 1_000_000
  /// How long after a frame the device must have sent something for that, in nanoseconds.
  package static let reactionTime: UInt64 = 500_000
  /// After how long a frame is taken to be out when the device is silent, in nanoseconds.
  package static let silentTime: UInt64 = 10_000_000
  /// After how long a bare acknowledgement is taken to be out, in nanoseconds.
  package static let acknowledgementTime: UInt64 = 200_000
  /// How many frames wait at the most.
  package static let capacity = 512

  /// A frame that may still be in the NIC's buffers.
  private struct Sent {
    var time: UInt64
    /// The acknowledgement that proves that it is out, if one can.
    var proof: Proof?
    var isAcknowledgement: Bool
  }

  private struct Proof {
    var device: Endpoint
    var peer: Endpoint
    var end: UInt32
  }

  private var queue: [Frame] = []
  private var head = 0
  private var sent: [Sent] = []
  private var lastHeard: UInt64 = 0

  package init() {}

  package var count: Int { queue.count - head }
  package var isEmpty: Bool { head == queue.count }

  /// Adds a frame; false when there is no room.
  package mutating func append(_ frame: Frame) -> Bool {
    guard count < FramePacer.capacity else { return false }
    queue.append(frame)
    return true
  }

  /// Forgets frames that have not gone yet.
  package mutating func remove(where matches: (Frame) -> Bool) {
    queue = queue[head...].filter { !matches($0) }
    head = 0
  }

  /// The next frame if it may go now.
  package mutating func next(at time: UInt64) -> Frame? {
    guard !isEmpty, sent.count < FramePacer.limit else { return nil }
    let frame = queue[head]
    head += 1
    if head >= 64 || head == queue.count {
      queue.removeSubrange(..<head)
      head = 0
    }
    sent.append(FramePacer.record(of: frame, at: time))
    return frame
  }

  /// Takes up a frame of the device.
  package mutating func hear(_ frame: Frame, at time: UInt64) {
    lastHeard = time
    guard case .tcp(let ip, let tcp, _) = frame.content, tcp.flags.contains(.ack) else { return }
    let device = Endpoint(ip.source, tcp.sourcePort)
    let peer = Endpoint(ip.destination, tcp.destinationPort)
    let last = sent.lastIndex { sent in
      guard let proof = sent.proof else { return false }
      return proof.device == device && proof.peer == peer && !proof.end.isAfter(tcp.acknowledgement)
    }
    if let last { sent.removeSubrange(...last) }
  }

  /// Takes frames to be out that were sent long enough ago.
  package mutating func expire(at time: UInt64) {
    while let expiry, expiry <= time { sent.removeFirst() }
  }

  /// When `expire` makes room for the next frame; nil when there is room, or nothing waits.
  package var deadline: UInt64? { isEmpty || sent.count < FramePacer.limit ? nil : expiry }

  /// Whether the next frame may go.
  package var isReady: Bool { !isEmpty && sent.count < FramePacer.limit }

  private var expiry: UInt64? {
    guard let first = sent.first else { return nil }
    guard !first.isAcknowledgement else { return first.time + FramePacer.acknowledgementTime }
    let hasReacted = lastHeard >= first.time + FramePacer.reactionTime
    return first.time + (hasReacted ? FramePacer.activeTime : FramePacer.silentTime)
  }

  private static func record(of frame: Frame, at time: UInt64) -> Sent {
    guard case .tcp(let ip, let tcp, let payload) = frame.content, !tcp.flags.contains(.rst) else {
      return Sent(time: time, proof: nil, isAcknowledgement: false)
    }
    let taken = UInt32(payload.count) + (tcp.flags.isDisjoint(with: [.syn, .fin]) ? 0 : 1)
    guard taken > 0 else { return Sent(time: time, proof: nil, isAcknowledgement: true) }
    let proof = Proof(
      device: Endpoint(ip.destination, tcp.destinationPort), peer: Endpoint(ip.source, tcp.sourcePort),
      end: tcp.sequence &+ taken)
    return Sent(time: time, proof: proof, isAcknowledgement: false)
  }
}
