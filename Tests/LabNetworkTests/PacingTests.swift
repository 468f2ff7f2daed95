// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import LabNetwork

@Suite struct PacingTests {
  private static let start: UInt64 = 1_000_000_000

  private func pacer(_ frames: [Frame]) -> FramePacer {
    var pacer = FramePacer()
    for frame in frames { #expect(pacer.append(frame) == true) }
    return pacer
  }

  private func data(_ number: UInt32) -> Frame {
    Samples.tcp(.toDevice, [.psh, .ack], sequence: number * 10, payload: [UInt8](repeating: 1, count: 10))
  }

  private func send(_ pacer: inout FramePacer, at time: UInt64) -> Int {
    var count = 0
    while pacer.next(at: time) != nil { count += 1 }
    return count
  }

  @Test func threeAtOnce() {
    var pacer = pacer((0..<5).map(data))
    #expect(pacer.isReady)
    #expect(pacer.deadline == nil)
    #expect(send(&pacer, at: Self.start) == 3)
    #expect(!pacer.isReady)
    #expect(pacer.deadline == Self.start + FramePacer.silentTime)
    #expect(pacer.count == 2)
  }

  @Test func acknowledgementsMakeRoom() {
    var pacer = pacer((0..<9).map(data))
    #expect(send(&pacer, at: Self.start) == 3)
    pacer.hear(Samples.tcp(.ack, acknowledgement: 19), at: Self.start + 1)
    #expect(send(&pacer, at: Self.start + 1) == 1)
    pacer.hear(Samples.tcp(device: 3334, .ack, acknowledgement: 1000), at: Self.start + 2)
    #expect(send(&pacer, at: Self.start + 2) == 0)
    pacer.hear(Samples.tcp(.ack, acknowledgement: 40), at: Self.start + 3)
    #expect(send(&pacer, at: Self.start + 3) == 3)
  }

  @Test func whatWentBeforeIsOutAsWell() {
    let reset = Samples.tcp(.toDevice, device: 1, .rst)
    var pacer = pacer([reset, data(0), reset, reset])
    #expect(send(&pacer, at: Self.start) == 3)
    pacer.hear(Samples.tcp(.ack, acknowledgement: 10), at: Self.start)
    #expect(send(&pacer, at: Self.start) == 1)
  }

  @Test func framesThatNothingAcknowledges() {
    let reset = Samples.tcp(.toDevice, .rst)
    var pacer = pacer([UInt32](0..<8).map { _ in reset })
    #expect(send(&pacer, at: Self.start) == 3)
    pacer.expire(at: Self.start + FramePacer.silentTime - 1)
    #expect(send(&pacer, at: Self.start) == 0)
    pacer.expire(at: Self.start + FramePacer.silentTime)
    let second = Self.start + FramePacer.silentTime
    #expect(send(&pacer, at: second) == 3)
    // The device reacts: it is getting the host's time.
    pacer.hear(Samples.tcp(.ack), at: second + FramePacer.reactionTime)
    #expect(pacer.deadline == second + FramePacer.activeTime)
    pacer.expire(at: second + FramePacer.activeTime)
    #expect(send(&pacer, at: second + FramePacer.activeTime) == 2)
    #expect(pacer.deadline == nil)
  }

  @Test func bareAcknowledgementsDoNotHoldLong() {
    let acknowledgement = Samples.tcp(.toDevice, .ack)
    var pacer = pacer([UInt32](0..<4).map { _ in acknowledgement } + [data(0)])
    #expect(send(&pacer, at: Self.start) == 3)
    #expect(pacer.deadline == Self.start + FramePacer.acknowledgementTime)
    pacer.expire(at: Self.start + FramePacer.acknowledgementTime)
    #expect(send(&pacer, at: Self.start + FramePacer.acknowledgementTime) == 2)
  }

  @Test func memoryIsBounded() {
    var pacer = pacer((0..<UInt32(FramePacer.capacity)).map(data))
    #expect(pacer.append(data(0)) == false)
  }

  /// However the device behaves, no more frames are unaccounted for than its NIC holds.
  @Test func neverMoreThanTheNICHolds() {
    var random = Samples.Generator(state: 5)
    var pacer = pacer((0..<500).map(data))
    var held: [UInt32] = []
    var time = Self.start
    while !pacer.isEmpty || !held.isEmpty {
      time += .random(in: 1...300_000, using: &random)
      pacer.expire(at: time)
      while let frame = pacer.next(at: time) {
        if case .tcp(_, let tcp, let payload) = frame.content { held.append(tcp.sequence + UInt32(payload.count)) }
      }
      #expect(held.count <= 4)
      // The device takes up some of what it holds, and is never silent for as long as frames take to expire.
      let taken = Int.random(in: 0...held.count, using: &random)
      if taken > 0 {
        pacer.hear(Samples.tcp(.ack, acknowledgement: held[taken - 1]), at: time)
        held.removeFirst(taken)
      }
    }
  }
}
