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

  /// Builds twice.
  /// - Returns: which of the sources `a.c` and `b.c` count as changed by what was done in between.
  private func changed(by edit: (Fixture) throws -> Void) async throws -> [String] {
    let fixture = try Fixture(["a.c": "1", "b.c": "1", "c.h": "", "d.txt": ""])
    let builder = try builder()
    let others = (try? folders()) ?? []
    _ = try await builder.build(fixture.path, into: output.path)
    let source = try #require(try folders().first { !others.contains($0) }) + "/project/source"
    func time(_ name: String) throws -> Date? {
      try FileManager.default.attributesOfItem(atPath: "\(source)/\(name)")[.modificationDate] as? Date
    }
    let before = try ["a.c", "b.c"].map { ($0, try time($0)) }
    try edit(fixture)
    _ = try await builder.build(fixture.path, into: output.path)
    return try before.filter { try time($0.0) != $0.1 }.map(\.0)
  }

  @Test func leavesWhatHasNotChangedAlone() async throws {
    #expect(try await changed { _ in } == [])
    #expect(try await changed { try $0.write("b.c", "2") } == ["b.c"])
  }

  /// Ninja does not know what the assembler has taken in, nor what was looked for and not there.
  @Test func whatAnySourceMayHaveTakenInChangesThemAll() async throws {
    #expect(try await changed { try $0.write("d.txt", "2") } == ["a.c", "b.c"])
    #expect(try await changed { try $0.write("c.h", "2") } == ["a.c", "b.c"])
    #expect(try await changed { try $0.write("new.h", "") } == ["a.c", "b.c"])
    #expect(try await changed { try $0.write("new.c", "") } == ["a.c", "b.c"])
    #expect(try await changed { unlink($0.path + "/c.h") } == ["a.c", "b.c"])
  }

  /// It would have another program's object where a file that the assembler takes in is all that differs.
  @Test func compilesTheProgramWithoutCcache() async throws {
    let fixture = try Fixture(["a.c": ""])
    _ = try await builder().build(fixture.path, into: output.path)
    let component = try #require(try folders().first) + "/project/main/CMakeLists.txt"
    #expect(
      try String(contentsOfFile: component, encoding: .utf8).contains(
        "set_target_properties(${COMPONENT_LIB} PROPERTIES RULE_LAUNCH_COMPILE \"\" C_COMPILER_LAUNCHER \"\")"))
  }
}
