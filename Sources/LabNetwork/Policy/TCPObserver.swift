// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Follows the TCP connections of the device and tells their segments in relative numbers.
package struct TCPObserver {
  /// How many bytes of each direction of a connection are told byte by byte.
  package static let payloadLimit = 64 << 10
  /// How many segments of a connection are told one by one.
  package static let segmentLimit = 4000
  /// How many connections are followed at once; the one unused for longest makes room.
  package static let connectionLimit = 1024
  /// How long ordinary segments of a busy connection are gathered, in nanoseconds.
  package static let gatheringTime: UInt64 = 20_000_000

  private var connections: [ConnectionID: TrackedConnection] = [:]
  private var lastNumber = 0
  private var gathering: Set<ConnectionID> = []
  private var gatheringSince: UInt64 = 0

  /// How many connections the device has tried to open to each port.
  private var attempts: [UInt16: Int] = [:]

  /// Segments seen in either direction that carried only what had been sent before.
  package private(set) var retransmissions = 0

  package init() {}

  /// When `flush` is due; nil when nothing has been gathered.
  package var deadline: UInt64? { gathering.isEmpty ? nil : gatheringSince + TCPObserver.gatheringTime }

  /// Takes up a segment as it is on the device's side.
  /// - Returns: what there is to tell now, in order.
  package mutating func observe(
    _ frame: Frame, direction: Direction, fate: TCPSegment.Fate = .passed, at time: UInt64
  ) -> [NetworkEvent] {
    guard case .tcp(let ip, let tcp, let range) = frame.content else { return [] }
    let source = Endpoint(ip.source, tcp.sourcePort)
    let destination = Endpoint(ip.destination, tcp.destinationPort)
    let fromDevice = direction == .fromDevice
    let key = ConnectionID(device: fromDevice ? source : destination, peer: fromDevice ? destination : source)
    var events: [NetworkEvent] = []

    var attempt: Int?
    var connection: TrackedConnection
    if let known = connections[key], !known.isReplaced(by: tcp, direction) {
      connection = known
    } else {
      events += flush(key)
      events += makeRoom()
      lastNumber += 1
      connection = TrackedConnection(number: lastNumber)
      if fromDevice, tcp.flags.contains(.syn), !tcp.flags.contains(.ack) {
        attempt = attempts[key.peer.port, default: 0] + 1
        attempts[key.peer.port] = attempt
      }
    }
    var segment = connection.take(tcp, payloadLength: range.count, direction, key, at: time)
    segment.fate = fate
    if segment.retransmission { retransmissions += 1 }
    if connection.isBusy, segment.isOrdinary {
      connection.gather(segment)
      if gathering.isEmpty { gatheringSince = time }
      gathering.insert(key)
      connections[key] = connection
    } else {
      connections[key] = connection
      events += flush(key)
      if connections[key]?.mayTell(direction) == true {
        segment.payload = Data(frame.bytes[range])
      }
      connections[key]?.told(segment)
      events.append(.segment(segment))
    }
    if let attempt {
      events.append(
        .attempt(
          ConnectionAttempt(
            connection: segment.connection, source: key.device, destination: key.peer, number: attempt, fate: fate)))
    }
    return events
  }

  /// Takes note that the device has started anew: what it sends a SYN for from now on is another connection.
  mutating func deviceStarted() {
    for key in connections.keys { connections[key]?.deviceStarted() }
  }

  /// Tells what has been gathered.
  package mutating func flush() -> [NetworkEvent] {
    let keys = gathering.sorted { (connections[$0]?.number ?? 0) < (connections[$1]?.number ?? 0) }
    return keys.flatMap { flush($0) }
  }

  private mutating func flush(_ key: ConnectionID) -> [NetworkEvent] {
    guard gathering.remove(key) != nil, var connection = connections[key] else { return [] }
    let events = connection.takeGathered().map { NetworkEvent.stream($0) }
    connections[key] = connection
    return events
  }

  private mutating func makeRoom() -> [NetworkEvent] {
    guard connections.count >= TCPObserver.connectionLimit, let key = connections.keyToEvict else { return [] }
    let events = flush(key)
    connections[key] = nil
    return events
  }
}

extension TCPSegment {
  /// Whether it may be told together with others.
  fileprivate var isOrdinary: Bool {
    flags.isDisjoint(with: [.syn, .fin, .rst]) && !retransmission && !keepAlive && fate == .passed && window != 0
  }
}
