// SPDX-License-Identifier: Apache-2.0

/// One TCP connection as `TCPObserver` follows it.
struct TrackedConnection: Evictable {
  /// One direction of it. Sequence numbers are those of the wire.
  private struct Stream {
    /// The number of the SYN; for a connection met midway, one before the first byte seen.
    var initial: UInt32?
    /// The number after the last one sent.
    var next: UInt32 = 0
    /// What the other side has acknowledged up to.
    var acknowledged: UInt32 = 0
    var hasEnded = false
    var bytesTold = 0
    var gathered: StreamProgress?

    mutating func begin(at number: UInt32) {
      guard initial == nil else { return }
      initial = number
      next = number
      acknowledged = number
    }

    func relative(_ number: UInt32) -> UInt32 { number &- (initial ?? number) }
  }

  let number: Int
  private(set) var isClosed = false
  private(set) var lastUsed: UInt64 = 0
  private var fromDevice = Stream()
  private var toDevice = Stream()
  private var segmentsTold = 0

  init(number: Int) { self.number = number }

  /// Whether enough has been told for ordinary segments to be told together.
  var isBusy: Bool {
    segmentsTold >= TCPObserver.segmentLimit || !mayTell(.fromDevice) || !mayTell(.toDevice)
  }

  /// Whether the bytes of this direction are still told.
  func mayTell(_ direction: Direction) -> Bool { self[direction].bytesTold < TCPObserver.payloadLimit }

  /// Whether a segment opens a new connection between the same two ends.
  func isReplaced(by tcp: TCPHeader, _ direction: Direction) -> Bool {
    guard tcp.flags.contains(.syn), !tcp.flags.contains(.ack) else { return false }
    guard let initial = self[direction].initial else { return isClosed }
    return isClosed || initial != tcp.sequence
  }

  /// Takes up a segment and puts it in relative numbers.
  mutating func take(
    _ tcp: TCPHeader, payloadLength: Int, _ direction: Direction, _ key: ConnectionID, at time: UInt64
  ) -> TCPSegment {
    var sender = self[direction]
    var receiver = self[direction.opposite]
    let isSynchronising = tcp.flags.contains(.syn)
    let isFirst = sender.initial == nil
    sender.begin(at: isSynchronising ? tcp.sequence : tcp.sequence &- 1)
    if isFirst, !isSynchronising { sender.next = tcp.sequence }

    let taken = UInt32(payloadLength) + (isSynchronising ? 1 : 0) + (tcp.flags.contains(.fin) ? 1 : 0)
    let end = tcp.sequence &+ taken
    let isSteering = !tcp.flags.isDisjoint(with: [.syn, .fin, .rst])
    let repeatsLast = !isFirst && tcp.sequence == sender.next &- 1 && !isSteering
    let keepAlive = repeatsLast && (payloadLength == 0 || payloadLength == 1 && sender.acknowledged == sender.next)
    let retransmission = !isFirst && taken > 0 && !keepAlive && !end.isAfter(sender.next)
    if end.isAfter(sender.next) { sender.next = end }
    if tcp.flags.contains(.fin) { sender.hasEnded = true }

    var acknowledgement: UInt32 = 0
    if tcp.flags.contains(.ack) {
      if receiver.initial == nil {
        receiver.begin(at: tcp.acknowledgement &- 1)
        receiver.next = tcp.acknowledgement
      }
      acknowledgement = receiver.relative(tcp.acknowledgement)
      if tcp.acknowledgement.isAfter(receiver.acknowledged) { receiver.acknowledged = tcp.acknowledgement }
    }
    if tcp.flags.contains(.rst) || sender.hasEnded && receiver.hasEnded { isClosed = true }
    lastUsed = time
    self[direction] = sender
    self[direction.opposite] = receiver
    return TCPSegment(
      connection: number, time: time, direction: direction, device: key.device, peer: key.peer, flags: tcp.flags,
      sequence: sender.relative(tcp.sequence), acknowledgement: acknowledgement, window: tcp.window,
      payloadLength: payloadLength, retransmission: retransmission, keepAlive: keepAlive)
  }

  /// Takes note that the device has started anew and knows nothing of it.
  mutating func deviceStarted() {
    if fromDevice.initial != nil { isClosed = true }
  }

  /// Counts a segment that is told by itself.
  mutating func told(_ segment: TCPSegment) {
    segmentsTold += 1
    self[segment.direction].bytesTold += segment.payloadLength
  }

  /// Adds a segment to those that are told together.
  mutating func gather(_ segment: TCPSegment) {
    var progress =
      self[segment.direction].gathered
      ?? StreamProgress(
        connection: number, direction: segment.direction, segments: 0, bytes: 0, sequenceEnd: 0, acknowledgement: 0,
        window: 0, firstTime: segment.time, lastTime: segment.time)
    progress.segments += 1
    progress.bytes += segment.payloadLength
    progress.sequenceEnd = segment.sequence &+ UInt32(segment.payloadLength)
    progress.acknowledgement = segment.acknowledgement
    progress.window = segment.window
    progress.lastTime = segment.time
    self[segment.direction].gathered = progress
  }

  /// What has been gathered, in the order in which it began.
  mutating func takeGathered() -> [StreamProgress] {
    let both = [fromDevice.gathered, toDevice.gathered].compactMap(\.self)
    fromDevice.gathered = nil
    toDevice.gathered = nil
    return both.sorted { $0.firstTime < $1.firstTime }
  }

  private subscript(direction: Direction) -> Stream {
    get { direction == .fromDevice ? fromDevice : toDevice }
    set { if direction == .fromDevice { fromDevice = newValue } else { toDevice = newValue } }
  }
}

extension Direction {
  /// The other direction.
  package var opposite: Direction { self == .fromDevice ? .toDevice : .fromDevice }
}

extension UInt32 {
  /// Whether a sequence number comes after another, modulo 2^32 (RFC 9293, 3.4).
  package func isAfter(_ other: UInt32) -> Bool { Int32(bitPattern: self &- other) > 0 }
}
