// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Synchronization

@testable import LabCommands

/// A checkout in a temporary folder, and a console that keeps what a command prints. The folder goes when the fixture does.
final class Fixture: Sendable {
  /// What the process printed.
  struct Outcome {
    var code: Int32
    var output: String
    var errors: String
  }

  let root: URL
  private let output = Mutex<[UInt8]>([])
  private let errors = Mutex<[UInt8]>([])

  /// - Parameter lab: the text of the one lab file.
  init(lab: String = Fixture.lab) throws {
    root = FileManager.default.temporaryDirectory.appending(path: "lab-commands-\(UUID().uuidString)")
    try write("// a package", to: "Package.swift")
    try write(lab, to: "labs/09-sample/lab.yaml")
    try write("# Sample", to: "labs/09-sample/README.md")
    try write("void app_main(void) {}", to: "labs/09-sample/starter/main.c")
    try write("project(sample)", to: "firmware/09-sample/CMakeLists.txt")
  }

  deinit {
    try? FileManager.default.removeItem(at: root)
  }

  func write(_ text: String, to path: String) throws {
    let url = root.appending(path: path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// Runs a command line in the fixture.
  func run(_ arguments: String...) async -> Outcome { await run(arguments) }

  /// Runs a command line in the fixture.
  func run(_ arguments: [String]) async -> Outcome {
    output.withLock { $0 = [] }
    errors.withLock { $0 = [] }
    let code = await LabMain.run(arguments, console: console())
    return Outcome(
      code: code, output: output.withLock { String(decoding: $0, as: UTF8.self) },
      errors: errors.withLock { String(decoding: $0, as: UTF8.self) })
  }

  func console(output: TextOutput? = nil) -> Console {
    Console(
      output: output ?? memory { fixture, bytes in fixture.output.withLock { $0 += bytes } },
      errors: memory { fixture, bytes in fixture.errors.withLock { $0 += bytes } },
      environment: ["LAB_ROOT": root.path, "PATH": "/usr/bin:/bin"], directory: root)
  }

  private func memory(_ add: @escaping @Sendable (Fixture, ArraySlice<UInt8>) -> Void) -> TextOutput {
    TextOutput(isTerminal: false, columns: { nil }) { bytes in
      add(self, bytes)
      return .success(bytes.count)
    }
  }

  static let lab = """
    lab: "9"
    name: sample
    title: Sample
    firmware: 09-sample
    checks:
      - id: address
        title: Gets an address
        points: 10
        steps:
          - {device: address}
      - id: healthy
        title: No panic
        points: 5
        never: [panic]

    """
}
