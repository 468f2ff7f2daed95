// SPDX-License-Identifier: Apache-2.0
import LabModel

@testable import LabEmulator
@testable import LabFirmware
@testable import LabSandbox

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
    _ = log.absentHeadersOnly()
    precondition(!log.plain.unicodeScalars.contains("\u{1b}"))
    let lines = log.plain.utf8.split(separator: UInt8(ascii: "\n"))
    precondition(lines.allSatisfy { $0.count < BuildLog.lineLimit + 64 })
  }

  /// What is made of a build that failed. A message stays one that a person reads.
  static func readBuildFailure(_ bytes: [UInt8]) {
    let log = BuildLog(bytes, replacing: [("/tmp/", "")])
    let result = CommandResult(termination: .exited(1), output: [], errors: bytes, duration: .zero)
    var failures = [
      BuildFailure.compiling(log, submission: submission),
      BuildFailure.linking(log, sdk: "/nowhere", language: .c),
      BuildFailure.linking(log, sdk: "/nowhere", language: .swift),
      BuildFailure.explanation(of: log, undefined: BuildFailure.undefinedReferences(in: log), sdk: nil),
    ]
    failures.append(BuildFailure.compilingSwift(log, submission: submission))
    // Nothing that a tool prints makes its failure the host's.
    do { try result.requireOwnEnd(of: "the compiler") } catch { fatalError("\(error)") }
    for failure in failures {
      precondition(failure.message.utf8.count < 64 << 10 && (failure.hint ?? "").utf8.count < 64 << 10)
    }
    _ = Linking.referencesOfSDKAlone(in: log.plain)
  }

  /// What Ninja and CMake print.
  static func readIDFOutput(_ bytes: [UInt8]) {
    var output = IDFOutput(project: "fuzz")
    let log = BuildLog(bytes)
    _ = output.messages(of: log)
    _ = IDFBuild.reason(in: log.plain)
    _ = IDFBuild.inputs(in: text(bytes))
    _ = IDFVersion(cmake: text(bytes))
  }

  /// The names of functions and places, as tools print them.
  static func readNames(_ bytes: [UInt8]) {
    _ = SwiftSymbolizer.parse(bytes)
    let log = BuildLog(bytes)
    _ = SwiftDemangler.replace(["$e1a": "a()", "$s1b": String(repeating: "b", count: 100)], in: log)
    _ = AddressLookup.parse(log.plain, addresses: [0, 0x4200_1234, 1])
  }

  /// What a device prints, byte for byte and as lines, and what the lab makes of them.
  static func readConsole(_ bytes: [UInt8]) {
    _ = displayable(bytes, keepsLineEnds: true)
    var log = UARTLog()
    // As a device sends it: in pieces.
    for start in stride(from: 0, to: bytes.count, by: 61) {
      for line in log.append(TimedBytes(time: 0, bytes: Array(bytes[start..<min(start + 61, bytes.count)]))) {
        precondition(!line.text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\t" })
        _ = LogLine(line.text)
      }
    }
    _ = log.finish()
    _ = log.bytes
  }

  private static let submission = Submission(
    form: .file, language: .c, root: "/nowhere", sources: ["main.c"],
    files: [Submission.File(path: "main.c", contents: Array("import ESP32".utf8))], includeFolders: ["."],
    bridgingHeader: nil, configuration: [:], notes: [])
}
