// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabNetwork

/// The TCP connections of a run, by the numbers that the network process gives them, and the attempts of the device to open some.
struct ConnectionLog {
  /// An attempt of the device to open a connection.
  struct Attempt: Equatable {
    /// How many attempts came before it, at whatever port.
    var index: Int
    /// The connection's number.
    var connection: Int
    /// What it dialled.
    var destination: Endpoint
    /// Which attempt it is at this port, from 1 over the run.
    var number: Int
    /// When its first SYN came.
    var time: Moment
    /// The attempt before it at the same port, by its index; nil for the first one since the device started.
    var previous: Int?
    /// When that one was over; nil where it was still open, or there is none.
    var previousOver: Moment?
    /// The transcript line of its first SYN.
    var evidence: Evidence?
  }

  /// How many connections are kept. A device that dials without end must not fill the lab's memory.
  private static let limit = 4096

  private var facts: [Int: ConnectionFacts] = [:]
  private var numbers: [Int] = []
  /// The connections whose SYN came through to a peer, in the order in which that happened.
  private(set) var passings: [Int] = []
  /// The attempt that each connection began with, by its place among all.
  private var attemptIndices: [Int: Int] = [:]
  /// The number of the last connection that came from each port of the host.
  private var clients: [UInt16: Int] = [:]
  /// All attempts, in order.
  private(set) var attempts: [Attempt] = []
  /// The last attempt at each port.
  private var lastAttempts: [UInt16: Int] = [:]

  /// What the wire showed of a connection.
  subscript(number: Int) -> ConnectionFacts? { facts[number] }

  /// What the wire showed of the connection of a client of the lab, by the client's port.
  func client(_ port: UInt16) -> ConnectionFacts? { clients[port].flatMap { facts[$0] } }

  /// Takes up a segment.
  mutating func note(_ segment: TCPSegment, at moment: Moment, as evidence: Evidence) {
    if facts[segment.connection] == nil {
      facts[segment.connection] = ConnectionFacts(id: segment.id)
      numbers.append(segment.connection)
      if numbers.count > Self.limit { facts[numbers.removeFirst()] = nil }
    }
    if segment.direction == .toDevice, segment.flags.contains(.syn), !segment.flags.contains(.ack) {
      clients[segment.peer.port] = segment.connection
    }
    let hadPassed = facts[segment.connection]?.hasPassed == true
    facts[segment.connection]?.note(segment, at: moment, as: evidence)
    if !hadPassed, facts[segment.connection]?.hasPassed == true { passings.append(segment.connection) }
  }

  /// Takes up ordinary segments that are told together.
  mutating func note(_ progress: StreamProgress, as evidence: Evidence) {
    facts[progress.connection]?.note(progress, as: evidence)
  }

  /// Takes up that the device began to open a connection; its SYN has been taken up before.
  mutating func note(_ attempt: ConnectionAttempt, at time: Moment) {
    let previous = lastAttempts[attempt.destination.port]
    lastAttempts[attempt.destination.port] = attempts.count
    attemptIndices[attempt.connection] = attempts.count
    attempts.append(
      Attempt(
        index: attempts.count, connection: attempt.connection, destination: attempt.destination, number: attempt.number,
        time: time, previous: previous, previousOver: previous.flatMap { facts[attempts[$0].connection]?.over },
        evidence: facts[attempt.connection]?.syn))
  }

  /// Takes up that the device starts anew: what it dials from now on follows on nothing.
  mutating func forgetSequences() { lastAttempts = [:] }

  /// The last attempt at a port, of the first so many in all.
  func lastAttempt(at port: UInt16, before index: Int) -> Attempt? {
    attempts.prefix(index).last { $0.destination.port == port }
  }

  /// The attempt that a connection began with.
  func attempt(of connection: Int) -> Attempt? { attemptIndices[connection].map { attempts[$0] } }

  /// The attempts at a port, of those after the first so many in all.
  func attempts(at port: UInt16, after first: Int) -> [Attempt] {
    attempts.dropFirst(first).filter { $0.destination.port == port }
  }
}
