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
  /// The device's keep-alive probes.
  private(set) var probes: [Evidence] = []
  /// The last segment with data in either direction.
  private(set) var lastData: Evidence?
  /// How many bytes of the peer's stream the device has acknowledged.
  private(set) var acknowledged: UInt32 = 0
  /// Whether the device opened it.
  private(set) var isDialled = false
  /// Whether a SYN of the device has come through to a peer.
  private(set) var hasPassed = false
  /// How many bytes of its stream the device has sent.
  private(set) var sent: UInt32 = 0
  /// How many of them the peer's side of the network has acknowledged.
  private var taken: UInt32 = 0
  /// When the last SYN of the device came.
  private var lastSYN: Moment?
  /// When the last FIN or RST of either side came.
  private(set) var lastEnd: Moment?

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

  /// How many bytes of the device's stream are with the peer, or on the way to it inside the host.
  var delivered: Int { Int(min(sent, taken)) }

  /// For one that the device opened: when it had failed or was over. Where nobody answered it is the time of the last SYN; nil while it is
  /// open.
  var over: Moment? { lastEnd ?? (synAck == nil ? lastSYN : nil) }

  /// Whether the peer has ended its side in good order, and the device has not ended its own.
  var isLeftOpen: Bool { peerFIN != nil && deviceFIN == nil && deviceReset == nil }

  /// Takes up a segment.
  mutating func note(_ segment: TCPSegment, at moment: Moment, as evidence: Evidence) {
    if segment.payloadLength > 0 { lastData = evidence }
    if !segment.flags.isDisjoint(with: [.fin, .rst]) { lastEnd = moment }
    switch segment.direction {
    case .toDevice:
      take(segment.acknowledgement)
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
        lastSYN = moment
        if segment.fate == .passed { hasPassed = true }
      }
      if segment.keepAlive { probes.append(evidence) }
      if segment.flags.contains(.fin) { deviceFIN = deviceFIN ?? evidence }
      if segment.flags.contains(.rst) { deviceReset = deviceReset ?? evidence }
      acknowledge(segment.acknowledgement)
      if segment.payloadLength > 0 {
        send(upTo: segment.sequence &+ UInt32(truncatingIfNeeded: segment.payloadLength))
      }
    }
  }

  /// Takes up ordinary segments that are told together.
  mutating func note(_ progress: StreamProgress, as evidence: Evidence) {
    if progress.bytes > 0 { lastData = evidence }
    switch progress.direction {
    case .fromDevice:
      acknowledge(progress.acknowledgement)
      if progress.bytes > 0 { send(upTo: progress.sequenceEnd) }
    case .toDevice: take(progress.acknowledgement)
    }
  }

  /// The first byte has the relative sequence number 1.
  private mutating func send(upTo sequenceEnd: UInt32) {
    sent = max(sent, sequenceEnd > 0 ? sequenceEnd - 1 : 0)
  }

  private mutating func take(_ acknowledgement: UInt32) {
    taken = max(taken, acknowledgement > 0 ? acknowledgement - 1 : 0)
  }

  /// A relative acknowledgement of 1 + n acknowledges n bytes.
  private mutating func acknowledge(_ acknowledgement: UInt32) {
    acknowledged = max(acknowledged, acknowledgement > 0 ? acknowledgement - 1 : 0)
  }
}
