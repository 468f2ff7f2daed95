// SPDX-License-Identifier: Apache-2.0
import LabModel

@testable import LabEmulator
@testable import LabFirmware

extension FuzzedReader {
  static func readPanics(_ bytes: [UInt8]) {
    var parser = PanicParser()
    for line in text(bytes).split(separator: "\n", omittingEmptySubsequences: false) { _ = parser.parse(String(line)) }
    _ = parser.finish()
  }

  static func readProgram(_ bytes: [UInt8]) {
    guard let program = ProgramFile(bytes) else { return }
    _ = program.hasSymbol("freeaddrinfo")
    if let section = program.section(named: ".debug_frame") { readCallFrames(Array(section)) }
  }

  static func readCallFrames(_ bytes: [UInt8]) {
    let frames = CallFrames(bytes[...])
    for address: UInt32 in [0, 0x4200_0000, 0x4200_1234, .max] { _ = frames.row(at: address) }
  }

  static func readBuildLog(_ bytes: [UInt8]) {
    let log = BuildLog(bytes, replacing: [("/tmp/", "")])
    _ = Diagnostic.all(in: log.plain)
    _ = Diagnostic.linker(log.plain)
    precondition(!log.plain.unicodeScalars.contains("\u{1b}"))
  }

  static func readProject(_ bytes: [UInt8]) {
    let text = text(bytes)
    _ = ProjectFiles.sources(of: "main", registration: text, all: ["main/main.c"], suffix: ".c")
    var configuration = ProjectConfiguration()
    configuration.readDeclarations(text)
    configuration.readAssignments(text, from: "sdkconfig.defaults")
    _ = Submission.quotedIncludes(bytes)
  }
}
