// SPDX-License-Identifier: Apache-2.0

import Foundation
import LabModel
import Testing

@testable import LabNetwork

/// The process under bad input and bad luck.
@Suite struct RobustnessTests {
  private func exitStatus(_ rig: NetworkRig) -> Int32 {
    rig.process.waitUntilExit()
    return rig.process.terminationReason == .exit ? rig.process.terminationStatus : -1
  }

  @Test func malformedFramesAreCounted() throws {
    let rig = try NetworkRig()
    let guest = try FakeGuest(rig)
    try guest.send([1, 2, 3])
    try guest.send([UInt8](repeating: 0, count: 60_000))
    try guest.send(DropTests.changed { $0.put16(0x2000, at: 20) })
    try guest.send(DropTests.changed { $0.put16(0x2000, at: 20) })
    try guest.send(DropTests.changed { $0[47] |= 0x20 })
    try guest.send(DropTests.changed { $0.put16(0x86dd, at: 12) })
    let example = try rig.wait("the fragment") { event -> String? in
      guard case .dropped(.fragment, 1, let example) = event else { return nil }
      return example
    }
    #expect(example.hasPrefix("58 bytes of type 0x0800 from 02:00:00:00:00:15"))
    try guest.takeAddress()
    #expect(try rig.statistics().dropped == ["tooShort": 1, "tooLong": 1, "fragment": 2, "urgent": 1, "ipv6": 1])
    #expect(try rig.stop() == 0)
  }

  /// Mode 2 is a filter (proc(5)); it holds before the first frame comes.
  @Test func itFiltersItsSystemCalls() throws {
    let rig = try NetworkRig()
    let status = try String(contentsOfFile: "/proc/\(rig.process.processIdentifier)/status", encoding: .utf8)
    #expect(status.split(separator: "\n").contains("Seccomp:\t2"))
    #expect(try rig.stop() == 0)
  }

  @Test func brokenFramingEndsTheGuestsConnectionOnly() throws {
    let rig = try NetworkRig()
    let guest = try FakeGuest(rig)
    try guest.socket.write([0xff, 0xff, 0xff, 0xff, 1, 2, 3])
    let reason = try rig.wait("guestDisconnected") { event -> String? in
      guard case .guestDisconnected(let reason) = event else { return nil }
      return reason
    }
    #expect(reason.contains("4294967295"))
    let next = try FakeGuest(rig)
    try next.takeAddress()
    #expect(try rig.stop() == 0)
  }

  @Test func endsWhenTheLabIsGone() throws {
    let rig = try NetworkRig()
    let guest = try FakeGuest(rig)
    try guest.takeAddress()
    rig.abandon()
    #expect(exitStatus(rig) == 0)
  }

  @Test(arguments: [SIGTERM, SIGINT]) func endsInGoodOrderAtSignals(_ signal: Int32) throws {
    let rig = try NetworkRig()
    let guest = try FakeGuest(rig)
    try guest.takeAddress()
    try rig.wait("leased") { if case .leased = $0 { true } else { nil } }
    kill(rig.process.processIdentifier, signal)
    let last = try rig.wait("the last words") { event -> NetworkStatistics? in
      if case .statistics(let statistics) = event { statistics } else { nil }
    }
    #expect(exitStatus(rig) == 0)
    let size = try FileManager.default.attributesOfItem(atPath: rig.capture)[.size] as? Int
    #expect(size == last.captureBytes)
    #expect(last.framesFromDevice == 3)
  }

  @Test(.enabled(if: CaptureTests.tshark != nil, "tshark is not installed")) func captureInGuestTime() throws {
    let rig = try NetworkRig()
    let guest = try FakeGuest(rig)
    let before = rig.reports.last?.time ?? 0
    try rig.send(.clock(host: before, guest: 7_000_000_000_000))
    _ = try rig.statistics()
    try guest.takeAddress()
    try guest.send(DropTests.changed { $0[47] |= 0x20 })
    let dropTime = try rig.waitForReport("the drop") { report -> UInt64? in
      if case .dropped(.urgent, _, _) = report.event { report.time } else { nil }
    }
    #expect(try rig.stop() == 0)
    let lines = try CaptureTests.fields(
      of: rig.capture, ["frame.time_epoch", "dhcp.option.dhcp", "frame.packet_flags_direction", "frame.comment"])
    #expect(lines.map { $0[1] } == ["1", "2", "3", "5", "", ""])
    #expect(lines.map { $0[2] } == ["2", "1", "2", "1", "2", "2"].map { "0x0000000\($0)" })
    #expect(lines[5][3] == "dropped by the lab: urgent")
    let expected = 7_000_000_000_000 + dropTime - before
    #expect(
      lines[5][0] == "\(expected / 1_000_000_000).\(String(expected % 1_000_000_000 + 1_000_000_000).dropFirst())")
  }

  /// What a device sends when its clock has been moved is captured before the lab knows how far the clock went.
  @Test func captureKnowsOfJumps() throws {
    let rig = try NetworkRig()
    let guest = try FakeGuest(rig)
    let origin = rig.reports.last?.time ?? 0
    try rig.send(.clock(host: origin, guest: 0))
    _ = try rig.statistics()
    let before = MonotonicClock.now
    try guest.send(DropTests.changed { $0[47] |= 0x20 })
    let dropTime = try rig.waitForReport("the drop") { report -> UInt64? in
      if case .dropped(.urgent, _, _) = report.event { report.time } else { nil }
    }
    let after = MonotonicClock.now
    try rig.send(.clock(host: after, guest: 8_000_000_000, jumpedFrom: before))
    #expect(try rig.stop() == 0)
    let bytes = try Data(contentsOf: URL(filePath: rig.capture))
    let frames = Array(PcapngReader(Array(bytes)))
    #expect(frames.map(\.time) == [8_000_000_000 - (after - dropTime)])
  }

  @Test func captureIsBounded() throws {
    let rig = try NetworkRig(arguments: ["--capture-limit", "1000"])
    let guest = try FakeGuest(rig)
    for _ in 0..<20 { try guest.takeAddress() }
    let message = try rig.wait("failed") { if case .failed(let message) = $0 { message } else { nil } }
    #expect(message == "the capture has reached 1000 bytes; later frames are not in it")
    let statistics = try rig.statistics()
    #expect(statistics.framesNotCaptured > 70)
    #expect(try rig.stop() == 0)
    #expect(rig.reports.count { if case .failed = $0.event { true } else { false } } == 1)
    let size = try FileManager.default.attributesOfItem(atPath: rig.capture)[.size] as? Int
    #expect(size == statistics.captureBytes)
  }

  @Test func fullDiskIsToldOnce() throws {
    let rig = try NetworkRig(arguments: ["--capture", "/dev/full"])
    let guest = try FakeGuest(rig)
    for _ in 0..<200 { try guest.takeAddress() }
    #expect(try rig.stop() == 0)
    let messages = rig.reports.compactMap { if case .failed(let message) = $0.event { message } else { nil } }
    #expect(messages == ["the capture ends early: No space left on device"])
  }

  @Test func floodOfConnections() throws {
    let rig = try NetworkRig(arguments: ["--capture-limit", "100000"])
    let guest = try FakeGuest(rig)
    try guest.takeAddress()
    let peer = try TestSocket.loopback()
    try rig.send(.route(address: NetworkPlan.host, port: 7, target: .peer(hostPort: peer.port)))
    _ = try rig.statistics()
    for port in 1...8000 as ClosedRange<UInt16> {
      let connection = FakeConnection(guest, local: port, remote: Endpoint(NetworkPlan.host, 7))
      try guest.send(connection.frame(.syn))
      // QEMU goes on reading while its guest sends.
      while try guest.socket.isReadable(within: 0) { _ = try guest.socket.read() }
      try rig.catchUp()
    }
    var statistics = try rig.statistics()
    while statistics.framesFromDevice < 8003 { statistics = try rig.statistics() }
    #expect(statistics.dropped["tooManyConnections", default: 0] > 0)
    #expect(try residentKilobytes(rig) < 100_000)
    #expect(try rig.stop() == 0)
  }

  @Test func guestThatDoesNotRead() throws {
    let rig = try NetworkRig(arguments: ["--capture-limit", "100000"])
    let guest = try FakeGuest(rig)
    let query = guest.udp(from: 9, to: Endpoint(NetworkPlan.nameServer, 53), DNSQuery(identifier: 1, name: "a").bytes)
    for _ in 0..<4000 {
      try guest.send(query)
      try rig.catchUp()
    }
    #expect(try rig.statistics().dropped["deviceQueueFull", default: 0] > 2000)
    #expect(try residentKilobytes(rig) < 100_000)
    #expect(try rig.stop() == 0)
  }

  @Test func labThatDoesNotReadHoldsTheDeviceBack() throws {
    let rig = try NetworkRig(arguments: ["--capture-limit", "100000"])
    let guest = try FakeGuest(rig)
    let datagram = guest.udp(from: 9, to: Endpoint(IPv4Address(8, 8, 8, 8), 9), [1])
    let bytes = FrameStreamDecoder.encode(datagram.padded)
    // Until the socket has been full for a while, or more has gone than can wait anywhere.
    var count = 0
    while count < 1_000_000, guest.isWritable(within: 300) {
      try guest.socket.write(bytes)
      count += 1
    }
    #expect(try residentKilobytes(rig) < 100_000)
    #expect(try rig.stop() == 0)
  }

  @Test(arguments: [
    ([], "--qemu-socket or --qemu-fd is missing"), (["--colour"], "unknown option '--colour'"),
    (["--qemu-fd", "x"], "--qemu-fd needs a number, not 'x'"), (["--qemu-socket"], "--qemu-socket needs a value"),
    (["--qemu-socket", "a"], "exactly one of --control and --stdio is needed"),
  ]) func wrongCommandLines(_ arguments: [String], _ message: String) throws {
    let (status, output) = try run(arguments)
    #expect(status == 64)
    #expect(output.hasPrefix("lab-network: \(message)\nusage: "))
  }

  @Test func placesThatCannotBeUsed() throws {
    #expect(try run(["--qemu-socket", "/nowhere/x", "--stdio"]).0 == 1)
    #expect(try run(["--qemu-socket", "/tmp/x", "--control", "/nowhere/x"]).1.contains("cannot connect to /nowhere/x"))
    let long = "/tmp/" + String(repeating: "x", count: 200)
    #expect(try run(["--qemu-socket", long, "--stdio"]).1.contains("File name too long"))
    let socket = "/tmp/lab-network-\(UUID().uuidString.prefix(8))"
    defer { try? FileManager.default.removeItem(atPath: socket) }
    #expect(
      try run(["--qemu-socket", socket, "--stdio", "--capture", "/nowhere/x"]).1.contains("cannot write /nowhere/x"))
  }

  private func run(_ arguments: [String]) throws -> (Int32, String) {
    let process = Process()
    process.executableURL = NetworkRig.executable
    process.arguments = arguments
    let pipe = Pipe()
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  private func residentKilobytes(_ rig: NetworkRig) throws -> Int {
    let status = try String(contentsOfFile: "/proc/\(rig.process.processIdentifier)/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
    return try #require(Int(line.filter(\.isNumber)))
  }
}
