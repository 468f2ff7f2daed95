// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import LabNetwork

@Suite struct ObserverTests {
  private static let peer = Endpoint(NetworkPlan.host, 40_000)

  /// One connection whose sequence numbers wrap within its first bytes.
  private struct Talk {
    var observer = TCPObserver()
    var time: UInt64 = 0
    let clientStart: UInt32 = 0xffff_fffe
    let serverStart: UInt32 = 0x7fff_ffff

    mutating func toDevice(
      _ flags: TCPFlags, at sequence: UInt32, acknowledging: UInt32 = 0, _ payload: [UInt8] = []
    ) -> [NetworkEvent] {
      time += 1000
      return observer.observe(
        Samples.tcp(
          .toDevice, flags, sequence: clientStart &+ sequence, acknowledgement: serverStart &+ acknowledging,
          payload: payload), direction: .toDevice, at: time)
    }

    mutating func fromDevice(
      _ flags: TCPFlags, at sequence: UInt32, acknowledging: UInt32 = 0, _ payload: [UInt8] = [], window: UInt16 = 5760
    ) -> [NetworkEvent] {
      time += 1000
      return observer.observe(
        Samples.tcp(
          flags, sequence: serverStart &+ sequence, acknowledgement: clientStart &+ acknowledging, window: window,
          payload: payload), direction: .fromDevice, at: time)
    }

    mutating func open() {
      _ = toDevice(.syn, at: 0)
      _ = fromDevice([.syn, .ack], at: 0, acknowledging: 1)
      _ = toDevice(.ack, at: 1, acknowledging: 1)
    }
  }

  private func segment(_ events: [NetworkEvent]) throws -> TCPSegment {
    let segments = events.compactMap { event in
      if case .segment(let segment) = event { segment } else { nil }
    }
    return try #require(segments.last)
  }

  @Test func numbersAreRelative() throws {
    var talk = Talk()
    #expect(try segment(talk.toDevice(.syn, at: 0)).sequence == 0)
    let answer = try segment(talk.fromDevice([.syn, .ack], at: 0, acknowledging: 1))
    #expect(answer.sequence == 0)
    #expect(answer.acknowledgement == 1)
    #expect(answer.connection == 1)
    let data = try segment(talk.toDevice([.psh, .ack], at: 1, acknowledging: 1, [1, 2, 3, 4, 5]))
    #expect(data.sequence == 1)
    #expect(Array(data.payload) == [1, 2, 3, 4, 5])
    #expect(!data.retransmission)
    #expect(try segment(talk.fromDevice(.ack, at: 1, acknowledging: 6)).acknowledgement == 6)
    let end = try segment(talk.toDevice([.fin, .ack], at: 6, acknowledging: 1))
    #expect(end.sequence == 6)
    #expect(end.payloadLength == 0)
  }

  @Test func whatWasSentBeforeIsARetransmission() throws {
    var talk = Talk()
    talk.open()
    #expect(try segment(talk.toDevice(.syn, at: 0)).retransmission)
    #expect(try !segment(talk.toDevice(.ack, at: 1, acknowledging: 1, [1, 2, 3])).retransmission)
    #expect(try segment(talk.toDevice(.ack, at: 1, acknowledging: 1, [1, 2, 3])).retransmission)
    #expect(try segment(talk.toDevice(.ack, at: 2, acknowledging: 1, [2])).retransmission)
    #expect(try !segment(talk.toDevice(.ack, at: 3, acknowledging: 1, [3, 4])).retransmission)
    #expect(try !segment(talk.toDevice([.fin, .ack], at: 5, acknowledging: 1)).retransmission)
    #expect(try segment(talk.toDevice([.fin, .ack], at: 5, acknowledging: 1)).retransmission)
    #expect(talk.observer.retransmissions == 4)
  }

  @Test func signsOfLife() throws {
    var talk = Talk()
    talk.open()
    _ = talk.toDevice(.ack, at: 1, acknowledging: 1, [1, 2])
    // Not acknowledged yet: the last byte again is a retransmission.
    #expect(try segment(talk.toDevice(.ack, at: 2, acknowledging: 1, [2])).retransmission)
    _ = talk.fromDevice(.ack, at: 1, acknowledging: 3)
    let withByte = try segment(talk.toDevice(.ack, at: 2, acknowledging: 1, [2]))
    #expect(withByte.keepAlive)
    #expect(!withByte.retransmission)
    #expect(try segment(talk.fromDevice(.ack, at: 0, acknowledging: 3)).keepAlive)
    #expect(try !segment(talk.fromDevice(.ack, at: 1, acknowledging: 3)).keepAlive)
  }

  @Test func aPortUsedAgainIsAnotherConnection() throws {
    var talk = Talk()
    talk.open()
    #expect(try segment(talk.fromDevice(.ack, at: 1, acknowledging: 1)).connection == 1)
    _ = talk.toDevice([.rst], at: 1)
    #expect(try segment(talk.toDevice(.syn, at: 0)).connection == 2)
    #expect(try segment(talk.toDevice(.syn, at: 0)).retransmission)
    #expect(try segment(talk.toDevice(.syn, at: 77)).connection == 3)
  }

  @Test func metMidway() throws {
    var talk = Talk()
    let first = try segment(talk.fromDevice(.ack, at: 500, acknowledging: 300, [9]))
    #expect(first.sequence == 1)
    #expect(first.acknowledgement == 1)
    #expect(!first.retransmission)
    #expect(try segment(talk.toDevice(.ack, at: 300, acknowledging: 501)).acknowledgement == 2)
  }

  @Test func aBusyConnectionIsToldTogether() throws {
    var talk = Talk()
    talk.open()
    var position: UInt32 = 1
    var told = 0
    var events: [NetworkEvent] = []
    while position < 200_000 {
      events = talk.toDevice(.ack, at: position, acknowledging: 1, [UInt8](repeating: 7, count: 1000))
      position += 1000
      if case .segment(let segment)? = events.first { told += segment.payload.count }
    }
    #expect(told == 66_000)
    #expect(events.isEmpty)
    let deadline = try #require(talk.observer.deadline)
    #expect(deadline > talk.time)
    // What is not ordinary is told by itself, after what came before it.
    events = talk.fromDevice([.fin, .ack], at: 1, acknowledging: position)
    #expect(events.count == 2)
    guard case .stream(let progress) = events[0] else {
      Issue.record("\(events)")
      return
    }
    #expect(progress.bytes + told == 200_000)
    #expect(progress.sequenceEnd == position)
    #expect(try segment(events).flags == [.fin, .ack])
    #expect(talk.observer.deadline == nil)
    // A closed window is worth telling.
    #expect(try segment(talk.fromDevice(.ack, at: 2, acknowledging: position, window: 0)).window == 0)
    _ = talk.fromDevice(.ack, at: 2, acknowledging: position)
    #expect(talk.observer.flush().count == 1)
    #expect(talk.observer.flush() == [])
  }

  @Test func memoryIsBounded() {
    var observer = TCPObserver()
    for number in 0..<5000 as Range<UInt32> {
      let frame = Samples.tcp(peer: Endpoint(IPv4Address(number), 80), .syn)
      #expect(observer.observe(frame, direction: .fromDevice, at: UInt64(number)).count == 2)
    }
    #expect(
      Mirror(reflecting: observer).children.first { $0.label == "connections" }.map {
        Mirror(reflecting: $0.value).children.count
      } == TCPObserver.connectionLimit)
  }
}
