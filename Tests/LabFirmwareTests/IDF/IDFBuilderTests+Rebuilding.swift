// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox
import Testing

@testable import LabFirmware

/// What a project's second build does and what it leaves alone.
extension IDFBuilderTests {
  @Test func configuresOnlyOnce() async throws {
    let fixture = try Fixture(["main/main.c": "one", "CMakeLists.txt": "project(mine)", "main/CMakeLists.txt": ""])
    let builder = try builder()
    let submission = try Submission(at: fixture.path)
    #expect(!builder.isPrepared(for: submission))
    _ = try await builder.build(fixture.path, into: output.path)
    #expect(builder.isPrepared(for: submission))
    try fixture.write("main/main.c", "two")
    _ = try await builder.build(fixture.path, into: output.path)
    #expect(try noted("calls.txt").count == 1)
    #expect(try noted("calls.txt").first?.contains("-D IDF_TARGET=esp32c3") == true)
    // Another shell has other things on its PATH.
    var elsewhere = builder
    elsewhere.installation.environment["PATH", default: ""] += ":/opt"
    _ = try await elsewhere.build(fixture.path, into: output.path)
    #expect(try noted("calls.txt").count == 1)
    // Other options are looked at by CMake only.
    try fixture.write("sdkconfig.defaults", "CONFIG_LWIP_MAX_SOCKETS=12\n")
    _ = try await builder.build(fixture.path, into: output.path)
    #expect(try noted("calls.txt").count == 2)
    #expect(try folders().count == 1)
  }

  @Test func buildsTheBootloaderOncePerConfiguration() async throws {
    let fixture = try Fixture(["main/main.c": "one", "CMakeLists.txt": "project(mine)", "main/CMakeLists.txt": ""])
    let builder = try builder()
    for source in ["one", "two"] {
      try fixture.write("main/main.c", source)
      _ = try await builder.build(fixture.path, into: output.path)
    }
    let library = "esp-idf/main/libmain.a"
    let later = [library, "-t query", "-t restat", "app"]
    #expect(try noted("targets.txt") == ["all"] + later)
    // With other options it is another one, which is still missing after a build that came to nothing.
    try fixture.write("sdkconfig.defaults", "CONFIG_LWIP_MAX_SOCKETS=12\n")
    try fixture.write("main/main.c", "MISTAKE")
    await #expect(throws: BuildFailure.self) { try await builder.build(fixture.path, into: output.path) }
    for source in ["three", "four"] {
      try fixture.write("main/main.c", source)
      _ = try await builder.build(fixture.path, into: output.path)
    }
    // The build that came to nothing ran twice: the first time the host may have ended it.
    #expect(try noted("targets.txt") == ["all"] + later + ["all", "all", "all"] + later)
  }

  /// Whether the linker script is made again for another program.
  private func isLinkerScriptMadeAgain(
    for source: String, after first: String = "one", _ meanwhile: (String) throws -> Void = { _ in }
  ) async throws -> Bool {
    let fixture = try Fixture(["main/main.c": first])
    let builder = try builder()
    _ = try await builder.build(fixture.path, into: output.path)
    let folder = try #require(try folders().first) + "/build/"
    try FileManager.default.removeItem(atPath: folder + "remade")
    try meanwhile(folder)
    try fixture.write("main/main.c", source)
    _ = try await builder.build(fixture.path, into: output.path)
    return FileManager.default.fileExists(atPath: folder + "remade")
  }

  @Test func keepsTheLinkerScriptWhereOnlyTheProgramChanged() async throws {
    #expect(try await !isLinkerScriptMadeAgain(for: "two"))
  }

  @Test func makesTheLinkerScriptAgainWhereItNamesTheProgramsLibrary() async throws {
    #expect(try await isLinkerScriptMadeAgain(for: "two", after: "libmain.a"))
  }

  @Test func makesTheLinkerScriptAgainWhereSomethingElseIsNewer() async throws {
    #expect(try await isLinkerScriptMadeAgain(for: "two") { utimes($0 + "sdkconfig", nil) })
  }

  @Test func makesTheLinkerScriptAgainWhereSomethingElseIsGone() async throws {
    #expect(try await isLinkerScriptMadeAgain(for: "two") { unlink($0 + "sdkconfig") })
  }

  /// As Ninja 1.11 prints it.
  @Test func readsWhatNinjaMakesAFileFrom() {
    let query = """
      esp-idf/esp_system/ld/sections.ld:
        input: CUSTOM_COMMAND
          esp-idf/main/libmain.a
          | /esp/components/riscv/linker.lf
          || esp-idf/esp_system/memory.ld
        outputs:
          prog.elf
          CMakeFiles/prog.elf

      """
    #expect(IDFBuild.inputs(in: query) == ["esp-idf/main/libmain.a", "/esp/components/riscv/linker.lf"])
    #expect(IDFBuild.inputs(in: "ninja: error: unknown target 'x'\n").isEmpty)
  }

  @Test func leavesWhatHasNotChangedAlone() async throws {
    let fixture = try Fixture(["a.c": "1", "b.c": "1", "c.h": ""])
    let builder = try builder()
    _ = try await builder.build(fixture.path, into: output.path)
    let source = try #require(try folders().first) + "/project/source"
    func time(_ name: String) throws -> Date? {
      try FileManager.default.attributesOfItem(atPath: "\(source)/\(name)")[.modificationDate] as? Date
    }
    let before = try time("a.c")
    try FileManager.default.removeItem(atPath: fixture.path + "/b.c")
    _ = try await builder.build(fixture.path, into: output.path)
    #expect(try time("a.c") == before)
    #expect(!FileManager.default.fileExists(atPath: source + "/b.c"))
  }
}
