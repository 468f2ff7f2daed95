// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import LabNetwork

/// A machine that tells the guest's time, and waits for what comes of its frames.
@Suite struct LockstepTests {
  private static let peer = Endpoint(NetworkPlan.host, 80)

  /// A frame with the guest's time behind it, as QEMU sends it.
  private func stamped(_ frame: Frame, _ time: UInt64) -> [UInt8] {
    var bytes = frame.padded
    bytes.append32(UInt32(time >> 32))
    bytes.append32(UInt32(truncatingIfNeeded: time))
    return FrameStreamDecoder.encode(bytes)
  }

  /// Reads frames up to one that says how many have been dealt with.
  private func frames(_ socket: TestSocket, _ decoder: inout FrameStreamDecoder, upTo count: UInt64) throws -> [[UInt8]]
  {
    var frames: [[UInt8]] = []
    while true {
      while let frame = try decoder.next() {
        if frame == Lockstep.seen(count) { return frames }
        frames.append(frame)
      }
      decoder.append(try socket.read())
    }
  }

  @Test func theTimeIsPartedFromTheFrame() throws {
    let bytes: [UInt8] = [1, 2, 3, 0, 0, 0, 1, 0, 0, 0, 2]
    #expect(try #require(Lockstep.split(bytes)) == ([1, 2, 3], 1 << 32 + 2))
    #expect(Lockstep.split([0, 0, 0, 0, 0, 0, 0, 1]) == nil)
    #expect(Lockstep.split([]) == nil)
    #expect(Lockstep.split([1] + [UInt8](repeating: 255, count: 8)) == nil)
  }

  @Test func theAnswerComesBeforeTheGuestMayRunOn() throws {
    let rig = try NetworkRig(arguments: ["--lockstep"])
    let socket = try TestSocket.unixClient(to: rig.guestSocket)
    var decoder = FrameStreamDecoder()
    let syn = Samples.tcp(device: 50_000, peer: Self.peer, .syn)
    try socket.write(stamped(syn, 5_000_000_123))
    let answers = try frames(socket, &decoder, upTo: 1).map { try Frame($0) }
    #expect(answers.contains { if case .tcp(_, let tcp, _) = $0.content { tcp.flags == [.rst, .ack] } else { false } })
    for flags in [.syn, [.rst, .ack]] as [TCPFlags] {
      let time = try rig.waitForReport("\(flags)") { report -> UInt64?? in
        guard case .segment(let segment) = report.event, segment.flags == flags else { return nil }
        return .some(report.guest)
      }
      #expect(time == 5_000_000_123)
    }

    // Several at once are one piece of news.
    try socket.write(stamped(syn, 5_000_000_200) + stamped(syn, 5_000_000_300))
    _ = try frames(socket, &decoder, upTo: 3)
    // What the device is sent later is at no time that is known.
    try rig.send(.probe(port: 7))
    let time = try rig.waitForReport("the probe") { report -> UInt64?? in
      guard case .segment(let segment) = report.event, segment.direction == .toDevice, segment.flags == .syn else {
        return nil
      }
      return .some(report.guest)
    }
    #expect(time == .some(nil))
  }

  @Test func aFrameWithoutATimeIsTheEndOfTheLink() throws {
    let rig = try NetworkRig(arguments: ["--lockstep"])
    let socket = try TestSocket.unixClient(to: rig.guestSocket)
    try socket.write(FrameStreamDecoder.encode([1, 2, 3]))
    try rig.wait("the end") {
      if case .guestDisconnected(let reason) = $0 { reason.contains("out of step") } else { nil }
    }
  }
}
