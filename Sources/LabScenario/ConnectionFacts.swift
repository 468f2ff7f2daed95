// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabNetwork

/// What the wire showed of one TCP connection between a peer of the lab and the device.
struct ConnectionFacts: Equatable, Sendable {
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

  /// How the device ended the connection, if it did.
  var end: ConnectionEnd? {
    // What is sent to a connection that the device has closed is answered with RST: it was closed all the same.
    if deviceFIN != nil { return .closed }
    guard deviceReset != nil else { return nil }
    return synAck == nil ? .refused : .reset
  }

  /// Takes up a segment.
  mutating func note(_ segment: TCPSegment, as evidence: Evidence) {
    if segment.payloadLength > 0 { lastData = evidence }
    switch segment.direction {
    case .toDevice:
      if segment.flags.contains(.syn) { syn = syn ?? evidence }
      if segment.flags.contains(.fin) { peerFIN = peerFIN ?? evidence }
      if segment.flags.contains(.rst) { peerReset = peerReset ?? evidence }
    case .fromDevice:
      if segment.flags.contains([.syn, .ack]) { synAck = synAck ?? evidence }
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
