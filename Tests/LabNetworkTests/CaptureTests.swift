// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import LabNetwork

@Suite struct CaptureTests {
  static let tshark = ["/usr/bin/tshark", "/usr/local/bin/tshark"].first(where: FileManager.default.isExecutableFile)

  /// What tshark makes of a capture: one line a frame, the fields separated by tabs.
  static func fields(of path: String, _ names: [String]) throws -> [[String]] {
    let process = Process()
    process.executableURL = URL(filePath: try #require(tshark))
    process.arguments = ["-r", path, "-T", "fields"] + names.flatMap { ["-e", $0] }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: output, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test func blocks() {
    let header = PcapngWriter.header(application: "abc", interface: "eth0", description: "d")
    #expect(header.prefix(16) == Samples.bytes("0a0d0d0a 28000000 4d3c2b1a 01000000")[...])
    #expect(header.suffix(4) == [0x30, 0, 0, 0])
    let packet = PcapngWriter.packet([1, 2, 3, 4, 5], time: 0x1_0000_0002, direction: .fromDevice)
    #expect(
      packet
        == Samples.bytes(
          """
          06000000 34000000 00000000 01000000 02000000 05000000 05000000 0102030405000000
          0200 0400 02000000 00000000 34000000
          """))
  }

  @Test(.enabled(if: tshark != nil, "tshark is not installed")) func wiresharkReadsIt() throws {
    let path = "/tmp/lab-network-\(UUID().uuidString.prefix(8)).pcapng"
    defer { try? FileManager.default.removeItem(atPath: path) }
    var bytes = PcapngWriter.header(application: "lab-network", interface: "eth0", description: "test")
    bytes += PcapngWriter.packet(Samples.syn, time: 1_000_000_007, direction: .toDevice)
    bytes += PcapngWriter.packet(Samples.synAck, time: 5_000_000_000_123, direction: .fromDevice, comment: "odd!")
    try Data(bytes).write(to: URL(filePath: path))
    let lines = try Self.fields(
      of: path, ["frame.time_epoch", "tcp.flags.str", "frame.packet_flags_direction", "frame.comment"])
    #expect(lines.map { $0[0] } == ["1.000000007", "5000.000000123"])
    #expect(lines.map { $0[2] } == ["0x00000001", "0x00000002"])
    #expect(lines[1][3] == "odd!")
  }
}
