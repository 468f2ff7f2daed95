// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabFirmware

@Suite struct BuildLogTests {
  @Test func aLineOfAMegabyteIsCutAndSaysSo() {
    let log = BuildLog(Array("main.c:1:2: error: \(String(repeating: "温", count: 400_000))\nnext\n".utf8))
    let lines = log.plain.split(separator: "\n")
    #expect(lines.count == 2 && lines[1] == "next")
    #expect(lines[0].utf8.count < 1_100)
    #expect(lines[0].hasPrefix("main.c:1:2: error: 温温") && lines[0].hasSuffix(" bytes left out"))
    #expect(Diagnostic.all(in: log.plain).first?.file == "main.c")
  }

  @Test func whatIsNoTextIsCutAsWell() {
    let log = BuildLog([UInt8](repeating: 0xff, count: 100_000) + [UInt8](repeating: 0x80, count: 100_000))
    #expect(log.plain.utf8.count < 4_000)
  }

  @Test func manyToolsShareTheRoomForTheirWords() {
    let output = [UInt8](repeating: UInt8(ascii: "x"), count: 256 << 10)
    #expect(BuildLog.share(output, of: 1) == output)
    #expect(BuildLog.share(output, of: 500).count < 9 << 10)
    #expect(BuildLog.share(Array("short".utf8), of: 500) == Array("short".utf8))
  }
}
