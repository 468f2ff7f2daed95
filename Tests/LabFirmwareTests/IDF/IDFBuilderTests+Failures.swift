// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox
import Testing

@testable import LabFirmware

/// Who is to blame for a build that comes to nothing, and what he reads.
extension IDFBuilderTests {
  private func failure(_ source: String) async throws -> BuildFailure {
    let fixture = try Fixture(["main/main.c": source])
    let failure = try #require(
      await #expect(throws: BuildFailure.self) {
        try await builder().build(fixture.path, into: output.path)
      })
    #expect(!failure.log.plain.contains(cache.path))
    #expect(!failure.log.plain.contains("FAILED"))
    #expect(!failure.log.plain.contains("log.c"))
    return failure
  }

  @Test func explainsAPartitionTableThatCannotBe() async throws {
    let fixture = try Fixture([
      "main/main.c": "/* BAD_TABLE */", "CMakeLists.txt": "project(x)", "partitions.csv": "x\n",
      "sdkconfig.defaults": "CONFIG_PARTITION_TABLE_CUSTOM=y\n",
    ])
    let failure = await #expect(throws: BuildFailure.self) {
      try await builder().build(fixture.path, into: output.path)
    }
    #expect(failure?.message == "partitions.csv cannot be used: Error at line 1: too few columns")
    #expect(failure?.hint?.contains("4 MB") == true)
  }

  @Test func explainsMistakesWithTheStudentsPaths() async throws {
    let failure = try await failure("MISTAKE")
    #expect(failure.kind == .compile)
    #expect(failure.language == .c)
    #expect(
      failure.diagnostics == [
        Diagnostic(
          file: "main/main.c", line: 3, column: 5, severity: .error,
          message: "'x' undeclared (first use in this function)")
      ])
    #expect(failure.log.plain.hasPrefix("main/main.c: In function app_main:\n"))
    #expect(failure.log.coloured.contains("\u{1b}[01m"))
  }

  @Test func explainsWhatIsNotDefined() async throws {
    let failure = try await failure("UNDEFINED")
    #expect(failure.kind == .link)
    #expect(failure.message.contains("helper is called but not defined"))
    #expect(failure.diagnostics.first?.line == 4)
    #expect(failure.log.plain.contains("ld: main(main.c.obj): in function"))
  }

  @Test func keepsWarningsAboutTheProgramOnly() async throws {
    let fixture = try Fixture(["a.c": "WARNING"])
    let image = try await builder().build(fixture.path, into: output.path)
    #expect(image.warnings.map(\.file) == ["a.c"])
    #expect(image.warnings.map(\.line) == [2])
    #expect(image.compiledCount == 1)
  }

  @Test func doesNotBlameTheStudentForESPIDF() async throws {
    let fixture = try Fixture(["a.c": "BREAK_IDF"])
    let error = await #expect(throws: LabError.self) { try await builder().build(fixture.path, into: output.path) }
    #expect(error?.message.contains("ESP-IDF is broken") == true)
    #expect(error?.remedy != nil)
  }

  /// As CMake 3.25 prints it for a compiler that has no `cc1`.
  @Test func findsWhyCMakeHasNoUseForACompiler() {
    let log = """
      -- Check for working C compiler: /opt/gcc - broken
      CMake Error at /usr/share/cmake-3.25/Modules/CMakeTestCCompiler.cmake:70 (message):
        The C compiler

          "/opt/gcc"

        is not able to compile a simple test program.

        It fails with the following output:

          Change Dir: /build/CMakeFiles/CMakeScratch/TryCompile-vgtwM8
      \u{20}   
          Run Build Command(s):/usr/bin/ninja cmTC_99fe7 && [1/2] Building C object testCCompiler.c.o
          FAILED: CMakeFiles/cmTC_99fe7.dir/testCCompiler.c.o\u{20}
          /opt/gcc    -o CMakeFiles/cmTC_99fe7.dir/testCCompiler.c.o -c testCCompiler.c
          gcc: fatal error: cannot execute cc1: No such file or directory
          ninja: build stopped: subcommand failed.

        CMake will not be able to correctly generate this project.
      Call Stack (most recent call first):
        CMakeLists.txt:2 (project)

      -- Configuring incomplete, errors occurred!
      """
    let reason = IDFBuild.reason(in: log)
    #expect(reason.hasSuffix("… gcc: fatal error: cannot execute cc1: No such file or directory"))
    #expect(reason.contains("\"/opt/gcc\" is not able to compile a simple test program."))
    #expect(IDFBuild.reason(in: "a\nERROR: b\nc\nd\n") == "ERROR: b c d")
    #expect(IDFBuild.reason(in: "a\nb\nc\nd\n") == "b / c / d")
  }

  @Test func doesNotBlameTheStudentForCMake() async throws {
    let fixture = try Fixture([
      "main/main.c": "", "CMakeLists.txt": "project(x)", "sdkconfig.defaults": "CONFIG_R=\"refuse\"\n",
    ])
    let error = await #expect(throws: LabError.self) { try await builder().build(fixture.path, into: output.path) }
    #expect(error?.code == "idf.configure")
    #expect(error?.message.contains("CMake Error: refused") == true)
  }

  @Test(arguments: [Sandbox.Isolation.bubblewrap, .none])
  func endsTheWholeTreeOfABuildThatTakesTooLong(isolation: Sandbox.Isolation) async throws {
    let fixture = try Fixture(["a.c": "FOREVER"])
    // On a busy host it takes a while until the build gets as far as to start something.
    for seconds in [3, 15, 60] {
      let builder = try builder(timeout: .seconds(seconds), isolation: isolation)
      let error = await #expect(throws: LabError.self) { try await builder.build(fixture.path, into: output.path) }
      #expect(error?.code == "idf.timeout")
      if FileManager.default.fileExists(atPath: try #require(try folders().first) + "/build/sleeper") { break }
    }
    if isolation == .none {
      let path = try #require(try folders().first) + "/build/sleeper"
      let text = try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
      let sleeper = try #require(pid_t(text))
      let deadline = ContinuousClock.now + .seconds(20)
      while kill(sleeper, 0) == 0, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(20)) }
      #expect(kill(sleeper, 0) == -1)
    }
  }

  @Test func blamesAProgramWhoseCompilerUsesUpItsProcessorTime() async throws {
    let fixture = try Fixture(["a.c": "ENDLESS"])
    let failure = await #expect(throws: BuildFailure.self) {
      try await builder().build(fixture.path, into: output.path)
    }
    #expect(failure?.kind == .timeout)
  }

  @Test func doesNotBlameAProgramForABuildThatDoesNotGetOn() async throws {
    let fixture = try Fixture(["a.c": ""])
    _ = try await builder().build(fixture.path, into: output.path)
    try fixture.write("a.c", "FOREVER")
    let error = await #expect(throws: LabError.self) {
      try await builder(timeout: .seconds(12)).build(fixture.path, into: output.path)
    }
    #expect(error?.code == "idf.timeout")
  }
}
