// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox
import Testing

@testable import LabFirmware

/// Builds with ESP-IDF itself, where its environment is set up; elsewhere these tests are skipped, and say so. The first run takes
/// minutes; what it builds stays in the lab's cache.
@Suite(
  .serialized, .timeLimit(.minutes(120)),
  .enabled(
    if: (try? IDFInstallation().tools(for: .esp32c3)) != nil, "needs ESP-IDF's environment: . ESP-IDF/export.sh"))
struct RealIDFTests {
  let output: Fixture
  /// Stays where it is from run to run, so that the build folder does.
  let source: URL

  init() throws {
    output = try Fixture()
    source = URL(fileURLWithPath: FirmwareBuilder.defaultCache + "/tests/real-idf")
    try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
  }

  private func build(_ program: String) async throws -> FirmwareImage {
    let root = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
    try Data(program.utf8).write(to: source.appending(path: "main.c"))
    return try await IDFBuilder(
      installation: try IDFInstallation(), chip: .esp32c3, firmware: root.appending(path: "firmware").path,
      sandbox: try Sandbox()
    ).build(source.path, into: output.path)
  }

  @Test func makesAnImageThatIsOne() async throws {
    let image = try await build("#include <stdio.h>\nvoid app_main(void) { int unused; printf(\"hi\\n\"); }\n")
    let found = try PrebuiltImage(at: image.flash)
    #expect(found.chip == .esp32c3)
    #expect(found.boot == .bootloader)
    #expect(image.warnings.map(\.file) == ["main.c"])
    #expect(FileManager.default.fileExists(atPath: image.elf))
  }

  @Test func explainsMistakes() async throws {
    let failure = await #expect(throws: BuildFailure.self) { try await build("void app_main(void) {\n  x = 1;\n}\n") }
    #expect(failure?.diagnostics.first?.file == "main.c")
    #expect(failure?.diagnostics.first?.line == 2)
    #expect(failure?.log.plain.contains(FirmwareBuilder.defaultCache) == false)
  }

  @Test func explainsWhatIsNotDefined() async throws {
    let failure = await #expect(throws: BuildFailure.self) {
      try await build("void helper(void);\n\nvoid app_main(void) { helper(); }\n")
    }
    #expect(failure?.message.contains("helper is called but not defined") == true)
    #expect(failure?.diagnostics.first?.file == "main.c")
    #expect(failure?.diagnostics.first?.line == 3)
  }

  @Test func asksForAppMain() async throws {
    let failure = await #expect(throws: BuildFailure.self) { try await build("int main(void) { return 0; }\n") }
    #expect(failure?.kind == .noAppMain)
  }
}
