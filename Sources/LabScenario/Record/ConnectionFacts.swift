// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabNetwork

/// What the wire showed of one TCP connection between a peer of the lab and the device.
struct ConnectionFacts: Equatable, Sendable {
  /// Its two ends.
  let id: ConnectionID
  /// The transcript lines of the segments that decide about the connection.
  private(set) var syn: Evidence?
  private(set) var synAck: Evidence?
  private(set) var deviceFIN: Evidence?
  private(set) var deviceReset: Evidence?
  private(set) var peerFIN: Evidence?
  private(set) var peerReset: Evidence?
  /// The last segment with data in either direction.
  private(set) var lastData: Evidence?
  /// How many bytes of the peer's stream the device has acknowledged.
  private(set) var acknowledged: UInt32 = 0
  /// Whether the device opened it.
  private(set) var isDialled = false
  /// The guest time at which a SYN of the device first came through to a peer.
  private(set) var passed: UInt64?
  /// The guest time of the last SYN of the device.
  private var lastSYN: UInt64?
  /// The guest time of the last FIN or RST of either side.
  private var lastEnd: UInt64?

  init(id: ConnectionID) {
    self.id = id
  }

  /// How the device ended the connection, if it did.
  var end: ConnectionEnd? {
    // What is sent to a connection that the device has closed is answered with RST: it was closed all the same.
    if deviceFIN != nil { return .closed }
    guard deviceReset != nil else { return nil }
    return synAck == nil ? .refused : .reset
  }

  /// For one that the device opened: the guest time at which it had failed or was over. Where nobody answered it is that of the
  /// last SYN; nil while it is open.
  var over: UInt64? { lastEnd ?? (synAck == nil ? lastSYN : nil) }

  /// Takes up a segment.
  /// - Parameter time: its guest time.
  mutating func note(_ segment: TCPSegment, as evidence: Evidence, at time: UInt64) {
    if segment.payloadLength > 0 { lastData = evidence }
    if !segment.flags.isDisjoint(with: [.fin, .rst]) { lastEnd = time }
    switch segment.direction {
    case .toDevice:
      if segment.flags.contains([.syn, .ack]) {
        synAck = synAck ?? evidence
      } else if segment.flags.contains(.syn) {
        syn = syn ?? evidence
      }
      if segment.flags.contains(.fin) { peerFIN = peerFIN ?? evidence }
      if segment.flags.contains(.rst) { peerReset = peerReset ?? evidence }
    case .fromDevice:
      if segment.flags.contains([.syn, .ack]) {
        synAck = synAck ?? evidence
      } else if segment.flags.contains(.syn) {
        syn = syn ?? evidence
        isDialled = true
        lastSYN = time
        if segment.fate == .passed { passed = passed ?? time }
      }
      if segment.flags.contains(.fin) { deviceFIN = deviceFIN ?? evidence }
      if segment.flags.contains(.rst) { deviceReset = deviceReset ?? evidence }
      acknowledge(segment.acknowledgement)
    }
  }

  /// Takes up ordinary segments that are told together.
  mutating func note(_ progress: StreamProgress, as evidence: Evidence) {
    if progress.bytes > 0 { lastData = evidence }
    if progress.direction == .fromDevice { acknowledge(progress.acknowledgement) }
  }

  /// A relative acknowledgement of 1 + n acknowledges n bytes.
  private mutating func acknowledge(_ acknowledgement: UInt32) {
    acknowledged = max(acknowledged, acknowledgement > 0 ? acknowledgement - 1 : 0)
  }
}
