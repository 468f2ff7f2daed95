// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox
import Testing

@testable import LabFirmware

/// The SDK that the set-up has built, and the labs' submissions.
enum RealSDK {
  static let root = FileManager.default.currentDirectoryPath
  static let path: String? = {
    guard let data = FileManager.default.contents(atPath: root + "/.lab/setup.json"),
      let setup = try? JSONDecoder().decode(LabSetup.self, from: data),
      FileManager.default.fileExists(atPath: setup.sdk + "/lib/libesp32lab.a")
    else { return nil }
    return setup.sdk
  }()

  static func submissions(_ folder: String) -> [String] {
    let path = "\(root)/labs/03-command-server/submissions/\(folder)"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.sorted().map { "\(path)/\($0)" }
  }
}

/// Builds the labs' own submissions with the SDK that the set-up has built.
@Suite(.enabled(if: RealSDK.path != nil, "needs ./setup"), .timeLimit(.minutes(120)))
struct RealSDKTests {
  private let output: Fixture

  init() throws {
    output = try Fixture()
  }

  private func build(_ path: String) async throws -> FirmwareImage {
    let builder = FirmwareBuilder(sdk: try #require(RealSDK.path), cache: output.path, sandbox: try Sandbox())
    return try await builder.build(path, into: output.path)
  }

  @Test(arguments: RealSDK.submissions("correct") + [RealSDK.root + "/labs/03-command-server/starter"])
  func correctSubmissionsBuildWithoutAWarning(path: String) async throws {
    let image = try await build(path)
    #expect(image.warnings.isEmpty, "\(image.log.plain)")
  }

  @Test func anUnchangedProgramIsNotCompiledAgain() async throws {
    let program = RealSDK.root + "/labs/03-command-server/starter"
    let first = try await build(program)
    #expect(first.compiledCount == first.sourceCount)
    #expect(try await build(program).compiledCount == 0)
  }

  @Test(arguments: RealSDK.submissions("refused")) func refusedSubmissionsAreTheStudentsFault(path: String) async throws
  {
    let failure = await #expect(throws: BuildFailure.self) { _ = try await build(path) }
    let log = try #require(failure?.log.plain)
    #expect(!log.contains("esp32-lab."))
  }

  @Test func panicsAreFoundInTheSource() async throws {
    let fixture = try Fixture([
      "main.c": "#include <stdlib.h>\nvoid app_main(void)\n{\n  abort();\n}\n"
    ])
    let image = try await build(fixture.path)
    let sandbox = try Sandbox()
    let symbols = try await sandbox.run(
      SandboxedCommand(try Toolchain.tool("nm"), [image.elf], binds: [.readOnly(image.elf)]), timeout: .seconds(600))
    let lines = String(decoding: symbols.output, as: UTF8.self).split(separator: "\n")
    let line = try #require(lines.first { $0.hasSuffix(" app_main") })
    let address = try #require(UInt32(line.prefix(8), radix: 16))
    let report = PanicReport(kind: .abort, message: "", frames: [.init(role: "PC", address: address + 4)])
    let place = try #require(try await PanicSymbolizer(elf: image.elf, sandbox: sandbox).symbolize(report).place)
    #expect(place.function == "app_main")
    #expect(place.file == "main.c")
  }
}
