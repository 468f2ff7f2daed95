// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import LabNetwork

@Suite struct StreamTests {
  @Test(arguments: [1, 2, 3, 5, 61, 4096]) func framesInPieces(_ size: Int) throws {
    let frames = Samples.all + [[UInt8](repeating: 7, count: FrameStreamDecoder.maximumLength)]
    let bytes = frames.flatMap(FrameStreamDecoder.encode)
    var decoder = FrameStreamDecoder()
    var decoded: [[UInt8]] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      decoder.append(bytes[start..<min(start + size, bytes.count)])
      while let frame = try decoder.next() { decoded.append(frame) }
    }
    #expect(decoded == frames)
  }

  @Test(arguments: [0, 69_633, 0xffff_ffff] as [UInt32]) func lengthsThatCannotBe(_ length: UInt32) {
    var decoder = FrameStreamDecoder()
    var bytes: [UInt8] = []
    bytes.append32(length)
    decoder.append(bytes)
    #expect(throws: FrameStreamDecoder.FramingError(length: Int(length))) { try decoder.next() }
  }

  private static let connection = ConnectionID(
    device: Endpoint(NetworkPlan.device, 3333), peer: Endpoint(NetworkPlan.host, 40_000))

  @Test func commandsAsLines() throws {
    let commands: [NetworkCommand] = [
      .forward(guestPort: 3333), .dns(name: "a", answer: .addresses([.broadcast])), .dns(name: "b", answer: .nxdomain),
      .route(address: nil, port: 1, target: .refused),
      .route(address: NetworkPlan.host, port: 1, target: .peer(hostPort: 2)), .clock(host: .max, guest: 1),
      .route(address: nil, port: 1, target: .afterAttempts(2, first: .silent, then: 3)),
      .unroute(address: nil, port: 1),
      .forgetNames, .impair(Impairment(delay: 1, lossPercent: 2, reorderPercent: 3, seed: .max)),
      .window(.connection(Self.connection), limit: 1024), .window(.hostPort(1), limit: nil),
      .window(.guestPort(1), limit: 0),
      .forgetWindows, .reading(connection: Self.connection, paused: true), .vanish(connection: Self.connection),
      .synchronize(token: .max), .statistics, .stop,
    ]
    let encoder = ControlLineEncoder()
    let bytes = try commands.flatMap { try encoder.encode($0) }
    #expect(bytes.filter { $0 == 10 }.count == commands.count)
    var decoder = ControlLineDecoder<NetworkCommand>()
    var decoded: [NetworkCommand] = []
    for byte in bytes { decoded += try decoder.append([byte]) }
    #expect(decoded == commands)
    #expect(
      String(decoding: try encoder.encode(commands[4]), as: UTF8.self)
        == #"{"route":{"address":"10.0.2.2","port":1,"target":{"peer":{"hostPort":2}}}}"# + "\n")
    let lines = try commands.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
    #expect(lines[6] == #"{"route":{"port":1,"target":{"afterAttempts":{"_0":2,"first":"silent","then":3}}}}"# + "\n")
    #expect(lines[8] == #"{"forgetNames":{}}"# + "\n")
  }

  @Test func reportsAsLines() throws {
    let segment = TCPSegment(
      connection: 1, time: 5, direction: .toDevice, device: Endpoint(NetworkPlan.device, 1),
      peer: Endpoint(NetworkPlan.host, 2), flags: [.syn, .ack], sequence: 3, acknowledgement: 4, window: 5,
      payloadLength: 2, payload: .init([0, 255]), retransmission: true, fate: .refused)
    let report = NetworkReport(time: 5, event: .segment(segment))
    var decoder = ControlLineDecoder<NetworkReport>()
    #expect(try decoder.append(ControlLineEncoder().encode(report)) == [report])
  }

  @Test func linesThatAreTooLongOrWrong() throws {
    var decoder = ControlLineDecoder<NetworkCommand>()
    #expect(throws: ControlLineDecoder<NetworkCommand>.LineTooLong.self) {
      for _ in 0..<70 { _ = try decoder.append([UInt8](repeating: 32, count: 1024)) }
    }
    for text in [
      "\n", "{}\n", "[]\n", "{\"forward\":{\"guestPort\":70000}}\n", "{\"route\":{\"address\":\"1.2.3\"}}\n",
      "\u{ff}\n",
    ] {
      var decoder = ControlLineDecoder<NetworkCommand>()
      #expect(throws: (any Error).self) { try decoder.append(Array(text.utf8)) }
    }
  }

  @Test func budgetOfEvents() {
    var budget = EventBudget()
    let told = (0..<50_000).count { _ in budget.spend(at: 1_000_000_000) != nil }
    #expect(told == Int(EventBudget.burst))
    #expect(budget.total == 50_000 - told)
    #expect(budget.spend(at: 1_001_000_000) == 50_000 - told)
    #expect(budget.spend(at: 1_001_000_000) == 0)
  }

  @Test func dropsAreCountedAndToldNowAndThen() {
    var drops = DropCounter()
    #expect(drops.count(.ipv6, at: 1, example: { "first" }) == .dropped(reason: .ipv6, count: 1, example: "first"))
    for number in 0..<1000 { #expect(drops.count(.ipv6, at: 2, example: { "\(number)" }) == nil) }
    #expect(drops.deadline == 1 + DropCounter.gatheringTime)
    #expect(drops.flush(at: 3) == [])
    #expect(
      drops.flush(at: 1 + DropCounter.gatheringTime) == [.dropped(reason: .ipv6, count: 1000, example: "0")])
    #expect(drops.deadline == nil)
    #expect(drops.totals == ["ipv6": 1001])
  }
}
