// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabNetwork
import Testing

@testable import LabScenario

@Suite struct ConnectionLogTests {
  private static let device = IPv4Address(10, 0, 2, 15)
  private static let host = IPv4Address(10, 0, 2, 2)
  private var log = ConnectionLog()

  /// The device dials: a SYN, which meets the given fate.
  private mutating func dial(
    _ connection: Int, to address: IPv4Address = host, port: UInt16 = 80, at time: UInt64,
    fate: TCPSegment.Fate = .passed
  ) {
    segment(connection, .fromDevice, .syn, to: address, port: port, at: time, fate: fate)
    log.note(
      ConnectionAttempt(
        connection: connection, source: Endpoint(Self.device, 50000), destination: Endpoint(address, port), number: 1,
        fate: fate), at: Moment(host: time))
  }

  private mutating func segment(
    _ connection: Int, _ direction: Direction, _ flags: TCPFlags, to address: IPv4Address = host, port: UInt16 = 80,
    at time: UInt64, fate: TCPSegment.Fate = .passed
  ) {
    let segment = TCPSegment(
      connection: connection, time: time, direction: direction, device: Endpoint(Self.device, 50000),
      peer: Endpoint(address, port), flags: flags, sequence: 0, fate: fate)
    let entry = TranscriptEntry(time: time, source: .wire, text: "\(flags)")
    log.note(segment, at: Moment(host: time), as: Evidence(line: connection, entry: entry))
  }

  /// How long after the end of the attempt before it one came.
  private func gap(_ attempt: ConnectionLog.Attempt) -> UInt64? {
    attempt.previousOver.map { attempt.time.host - $0.host }
  }

  @Test mutating func aRefusedAttemptIsOverWithItsRefusal() {
    dial(1, at: 100, fate: .refused)
    segment(1, .toDevice, [.rst, .ack], at: 110)
    dial(2, at: 1110, fate: .refused)
    #expect(log.attempts.map(gap) == [nil, 1000])
    #expect(log[1]?.over?.host == 110)
    #expect(log[1]?.hasPassed == false)
  }

  @Test mutating func anUnansweredAttemptIsOverWithItsLastSYN() {
    dial(1, at: 100, fate: .vanished)
    segment(1, .fromDevice, .syn, at: 400, fate: .vanished)
    dial(2, at: 1400, fate: .vanished)
    #expect(log.attempts.count == 2)
    #expect(gap(log.attempts[1]) == 1000)
  }

  @Test mutating func aConnectionIsOverWhenItEnds() {
    dial(1, at: 100)
    segment(1, .toDevice, [.syn, .ack], at: 101)
    #expect(log[1]?.over == nil)
    segment(1, .toDevice, [.fin, .ack], at: 200)
    segment(1, .fromDevice, [.fin, .ack], at: 250)
    dial(2, at: 750)
    #expect(gap(log.attempts[1]) == 500)
    #expect(log[1]?.end == .closed)
  }

  @Test mutating func anAttemptBesideAnOpenConnectionHasNoGap() {
    dial(1, at: 100)
    segment(1, .toDevice, [.syn, .ack], at: 101)
    dial(2, at: 200)
    #expect(gap(log.attempts[1]) == nil)
  }

  @Test mutating func eachPortHasItsOwnSequence() {
    dial(1, at: 100, fate: .refused)
    dial(2, port: 81, at: 200, fate: .refused)
    dial(3, at: 300, fate: .refused)
    dial(4, at: 700, fate: .refused)
    #expect(log.attempts.map(gap) == [nil, nil, 200, 400])
    #expect(log.attempts[3].previous == 2)
    #expect(log.attempts(at: 80, after: 1).map(\.connection) == [3, 4])
    #expect(log.lastAttempt(at: 80, before: 3)?.connection == 3)
    log.forgetSequences()
    dial(5, at: 900, fate: .refused)
    #expect(log.attempts[4].previous == nil)
  }

  @Test mutating func whatCameThroughGoesToTheServerThatServesIt() throws {
    let elsewhere = IPv4Address(1, 2, 3, 4)
    dial(1, at: 10)
    let passings = log.passings.count
    let anywhere = try ServedPort("any", Listening(port: 80), after: passings) {}
    let narrow = try ServedPort("narrow", Listening(port: 80, address: HostAddress("1.2.3.4")), after: passings) {}
    dial(2, at: 100, fate: .refused)
    dial(3, to: elsewhere, at: 110)
    dial(4, at: 120)
    // The first SYN was lost, the second came through: after that of connection 6.
    dial(5, at: 130, fate: .lost)
    dial(6, at: 140)
    segment(5, .fromDevice, .syn, at: 150)
    let servers = [anywhere, narrow]
    #expect(log.passed(to: anywhere, among: servers).map(\.connection) == [4, 6, 5])
    #expect(log.passed(to: narrow, among: servers).map(\.connection) == [3])
  }

  @Test mutating func aClientsConnectionIsFoundByItsPort() {
    segment(1, .toDevice, .syn, port: 40000, at: 100)
    segment(1, .fromDevice, [.syn, .ack], port: 40000, at: 101)
    dial(2, port: 40000, at: 200)
    #expect(log.client(40000)?.synAck != nil)
    #expect(log.client(40000)?.isDialled == false)
    #expect(log.client(40001) == nil)
  }

  @Test mutating func keepsABoundedNumberOfConnections() {
    for connection in 1...5000 { segment(connection, .fromDevice, .syn, at: UInt64(connection)) }
    #expect(log[1] == nil)
    #expect(log[5000] != nil)
  }
}
