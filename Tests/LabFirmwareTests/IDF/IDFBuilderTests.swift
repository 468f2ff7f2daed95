// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox
import Testing

@testable import LabFirmware

/// Builds with a stand-in for ESP-IDF.
@Suite(.timeLimit(.minutes(30))) struct IDFBuilderTests {
  let idf: FakeIDF
  let cache: Fixture
  let output: Fixture

  init() throws {
    idf = try FakeIDF()
    cache = try Fixture()
    output = try Fixture()
  }

  private func builder(
    _ chip: Chip = .esp32c3, timeout: Duration = .seconds(60), isolation: Sandbox.Isolation = .bubblewrap,
    firmware: String = "/nowhere"
  ) throws -> IDFBuilder {
    IDFBuilder(
      installation: try IDFInstallation(environment: idf.environment), chip: chip, firmware: firmware,
      cache: cache.path,
      sandbox: try Sandbox(isolation: isolation), timeout: timeout)
  }

  private func folders() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: cache.path + "/idf").filter { !$0.hasSuffix(".lock") }
      .map { "\(cache.path)/idf/\($0)" }
  }

  /// How often `idf.py` ran in the one folder.
  private func calls() throws -> [String] {
    let folder = try #require(try folders().first)
    return try String(contentsOfFile: folder + "/build/calls.txt", encoding: .utf8).split(separator: "\n").map(
      String.init)
  }

  /// What Ninja was to build in the one folder, each time, or to tell.
  private func targets() throws -> [String] {
    let folder = try #require(try folders().first)
    return try String(contentsOfFile: folder + "/build/targets.txt", encoding: .utf8).split(separator: "\n").map(
      String.init)
  }

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

  @Test(arguments: Chip.allCases, [Sandbox.Isolation.bubblewrap, .none])
  func makesAnImage(chip: Chip, isolation: Sandbox.Isolation) async throws {
    let fixture = try Fixture(["a.c": "void app_main(void) {}\n"])
    let image = try await builder(chip, isolation: isolation).build(fixture.path + "/a.c", into: output.path)
    let flash = try #require(FileManager.default.contents(atPath: image.flash))
    #expect(flash.count == 4 << 20)
    #expect(flash[chip.bootloaderOffset...].starts(with: "boot".utf8))
    #expect(flash[0x10000...].starts(with: "program".utf8))
    #expect(FileManager.default.contents(atPath: image.elf) == Data("elf".utf8))
    #expect(image.log.plain.isEmpty)
  }

  @Test func configuresOnlyOnce() async throws {
    let fixture = try Fixture(["main/main.c": "one", "CMakeLists.txt": "project(mine)", "main/CMakeLists.txt": ""])
    let builder = try builder()
    let submission = try Submission(at: fixture.path)
    #expect(!builder.isPrepared(for: submission))
    _ = try await builder.build(fixture.path, into: output.path)
    #expect(builder.isPrepared(for: submission))
    try fixture.write("main/main.c", "two")
    _ = try await builder.build(fixture.path, into: output.path)
    #expect(try calls().count == 1)
    #expect(try calls().first?.contains("-D IDF_TARGET=esp32c3") == true)
    // Another shell has other things on its PATH.
    var elsewhere = builder
    elsewhere.installation.environment["PATH", default: ""] += ":/opt"
    _ = try await elsewhere.build(fixture.path, into: output.path)
    #expect(try calls().count == 1)
    // Other options are looked at by CMake only.
    try fixture.write("sdkconfig.defaults", "CONFIG_LWIP_MAX_SOCKETS=12\n")
    _ = try await builder.build(fixture.path, into: output.path)
    #expect(try calls().count == 2)
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
    #expect(try targets() == ["all"] + later)
    // With other options it is another one, which is still missing after a build that came to nothing.
    try fixture.write("sdkconfig.defaults", "CONFIG_LWIP_MAX_SOCKETS=12\n")
    try fixture.write("main/main.c", "MISTAKE")
    await #expect(throws: BuildFailure.self) { try await builder.build(fixture.path, into: output.path) }
    for source in ["three", "four"] {
      try fixture.write("main/main.c", source)
      _ = try await builder.build(fixture.path, into: output.path)
    }
    #expect(try targets() == ["all"] + later + ["all", "all"] + later)
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

  @Test func keepsProjectsAndChipsApart() async throws {
    let fixture = try Fixture(["a.c": "", "b.c": ""])
    for chip in [Chip.esp32c3, .esp32] {
      for name in ["a.c", "b.c"] { _ = try await builder(chip).build("\(fixture.path)/\(name)", into: output.path) }
    }
    #expect(try folders().count == 4)
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

  @Test func runsNothingOfTheSubmissionsCMake() async throws {
    let evil = "execute_process(COMMAND touch /tmp/x)\n"
    let fixture = try Fixture([
      "CMakeLists.txt": evil, "main/CMakeLists.txt": evil + "idf_component_register(SRCS main.c)", "main/main.c": "",
      "main/more.cmake": evil, "components/x/CMakeLists.txt": evil, "components/x/x.c": "",
    ])
    _ = try await builder().build(fixture.path, into: output.path)
    let project = try #require(try folders().first) + "/project"
    for name in try #require(FileManager.default.enumerator(atPath: project)?.allObjects as? [String]) {
      let text = try? String(contentsOfFile: "\(project)/\(name)", encoding: .utf8)
      #expect(text?.contains("execute_process") != true, "\(name)")
    }
    let component = try String(contentsOfFile: project + "/main/CMakeLists.txt", encoding: .utf8)
    #expect(component.contains("\"../source/main/main.c\""))
    #expect(component.contains("\"../source/components/x/x.c\""))
  }

  @Test(arguments: ["a\"b.c", "a;b.c", "${X}.c", "a\\.c", "a\nb.c"])
  func refusesNamesThatMeanSomethingToCMake(_ name: String) async throws {
    let fixture = try Fixture([name: ""])
    let failure = await #expect(throws: BuildFailure.self) {
      try await builder().build(fixture.path, into: output.path)
    }
    #expect(failure?.message.contains("character") == true)
  }

  @Test func takesTheStudentsOptionsAndNotTheBoards() async throws {
    let fixture = try Fixture([
      "main/main.c": "", "CMakeLists.txt": "project(x)", "main/Kconfig.projbuild": "config MY_PORT\n int\n default 7\n",
      "sdkconfig.defaults":
        "CONFIG_LWIP_MAX_SOCKETS=12\nCONFIG_FREERTOS_UNICORE=y\n# CONFIG_A is not set\nCONFIG_SECURE_BOOT=y\n",
    ])
    let image = try await builder().build(fixture.path, into: output.path)
    let project = try #require(try folders().first) + "/project"
    let defaults = try String(contentsOfFile: project + "/sdkconfig.defaults", encoding: .utf8)
    for line in ["CONFIG_LWIP_MAX_SOCKETS=12\n", "CONFIG_FREERTOS_UNICORE=y\n", "CONFIG_A=n\n", "FLASHSIZE_4MB=y\n"] {
      #expect(defaults.contains(line))
    }
    #expect(!defaults.contains("SECURE_BOOT"))
    #expect(image.notes == ["CONFIG_SECURE_BOOT was left out: it is about a board, and the lab's decides that"])
    let header = try String(contentsOfFile: project + "/config/sdkconfig_project.h", encoding: .utf8)
    #expect(header.contains("#ifndef CONFIG_MY_PORT\n#define CONFIG_MY_PORT 7\n"))
  }

  @Test func takesTheStudentsPartitionTableAndFlash() async throws {
    let table = "factory, app, factory, 0x10000, 3M\n"
    let fixture = try Fixture([
      "main/main.c": "", "CMakeLists.txt": "project(x)", "own.csv": table,
      "sdkconfig.defaults":
        "CONFIG_PARTITION_TABLE_CUSTOM=y\nCONFIG_PARTITION_TABLE_CUSTOM_FILENAME=\"own.csv\"\nCONFIG_ESPTOOLPY_FLASHSIZE_8MB=y\n",
    ])
    let image = try await builder().build(fixture.path, into: output.path)
    #expect(image.notes == [])
    let project = try #require(try folders().first) + "/project"
    #expect(try String(contentsOfFile: project + "/partitions.csv", encoding: .utf8) == table)
    let defaults = try String(contentsOfFile: project + "/sdkconfig.defaults", encoding: .utf8)
    #expect(defaults.contains("CONFIG_PARTITION_TABLE_CUSTOM=y\n"))
    #expect(defaults.contains("CONFIG_PARTITION_TABLE_CUSTOM_FILENAME=\"partitions.csv\"\n"))
    #expect(defaults.contains("FLASHSIZE_8MB=y\n"))
    #expect(!defaults.contains("FLASHSIZE_4MB"))
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

  /// Kconfig made a choice of it in v5.4.
  @Test(arguments: [
    ([5, 1, 4], "ARP_CHECK=n"), ([5, 4, 0], "NOT_CHECK_OFFERED_IP=y"), ([6, 0, 1], "NOT_CHECK_OFFERED_IP=y"),
  ])
  func doesNotAskWhoHasTheAddressUnlessToldTo(_ version: [Int], _ option: String) throws {
    let fixture = try Fixture(["main/main.c": "", "CMakeLists.txt": "project(x)"])
    func defaults() throws -> String {
      let project = IDFProject(
        submission: try Submission(at: fixture.path), folder: "/p", build: "/b", components: [], chip: .esp32c3,
        version: IDFVersion(version[0], version[1], version[2]))
      return String(decoding: try project.files()["sdkconfig.defaults"] ?? [], as: UTF8.self)
    }
    #expect(try defaults().contains("CONFIG_LWIP_DHCP_DOES_\(option)\n"))
    try fixture.write("sdkconfig.defaults", "CONFIG_LWIP_DHCP_DOES_ARP_CHECK=y\n")
    #expect(try defaults().contains("CONFIG_LWIP_DHCP_DOES_ARP_CHECK=y\n"))
    #expect(try !defaults().contains("CONFIG_LWIP_DHCP_DOES_\(option)\n"))
  }

  @Test func embedsFiles() async throws {
    let fixture = try Fixture([
      "main/main.c": "", "CMakeLists.txt": "project(x)", "main/a.bin": "x", "web/b.html": "y",
      "main/CMakeLists.txt":
        "idf_component_register(SRCS \"main.c\" EMBED_FILES a.bin EMBED_TXTFILES \"${PROJECT_DIR}/web/b.html\")",
    ])
    _ = try await builder().build(fixture.path, into: output.path)
    let project = try #require(try folders().first) + "/project"
    let component = try String(contentsOfFile: project + "/main/CMakeLists.txt", encoding: .utf8)
    #expect(component.contains("EMBED_FILES \"../source/main/a.bin\""))
    #expect(component.contains("EMBED_TXTFILES \"../source/web/b.html\""))
    #expect(try String(contentsOfFile: project + "/source/main/a.bin", encoding: .utf8) == "x")
  }

  @Test func namesAFewOfTheOptionsThatWereLeftOut() async throws {
    let options = (1...9).map { "CONFIG_SECURE_\($0)=y\n" }.joined()
    let fixture = try Fixture(["main/main.c": "", "CMakeLists.txt": "project(x)", "sdkconfig": options])
    let notes = try await builder().build(fixture.path, into: output.path).notes
    #expect(notes.count == 1)
    #expect(notes.first?.hasSuffix("CONFIG_SECURE_3, CONFIG_SECURE_4 and 5 others") == true)
  }

  @Test func addsTheCoursesComponents() async throws {
    let firmware = try Fixture(["components/esp_wifi/": "", "sdk/components/connect_wifi_sta/": ""])
    let fixture = try Fixture(["a.c": ""])
    _ = try await builder(firmware: firmware.path).build(fixture.path, into: output.path)
    let project = try #require(try folders().first) + "/project/CMakeLists.txt"
    let text = try String(contentsOfFile: project, encoding: .utf8)
    #expect(
      text.contains(
        "EXTRA_COMPONENT_DIRS \"\(firmware.path)/components\" \"\(firmware.path)/sdk/components/connect_wifi_sta\""))
  }

  @Test(arguments: [
    ("#include \"protocol_examples_common.h\"\n", "CONFIG_EXAMPLE_CONNECT_IPV6=y\n", true, "y"),
    ("#include \"protocol_examples_common.h\"\n", "", true, "n"), ("", "", false, nil),
  ])
  func addsTheExamplesComponentWhereItIsUsed(source: String, options: String, isAdded: Bool, ipv6: String?) async throws
  {
    let idf = try FakeIDF(extra: ["idf/examples/common_components/protocol_examples_common/CMakeLists.txt": ""])
    let fixture = try Fixture(["CMakeLists.txt": "project(x)", "main/main.c": source, "sdkconfig.defaults": options])
    var builder = try builder()
    builder.installation = try IDFInstallation(environment: idf.environment)
    _ = try await builder.build(fixture.path, into: output.path)
    let project = try #require(try folders().first) + "/project"
    let text = try String(contentsOfFile: project + "/CMakeLists.txt", encoding: .utf8)
    let component = "\"\(builder.installation.path)/examples/common_components/protocol_examples_common\""
    #expect(text.contains(component) == isAdded, "\(text)")
    let defaults = try String(contentsOfFile: project + "/sdkconfig.defaults", encoding: .utf8)
    #expect(
      defaults.split(separator: "\n").filter { $0.hasPrefix("CONFIG_EXAMPLE_CONNECT_IPV6=") }
        == ipv6.map { ["CONFIG_EXAMPLE_CONNECT_IPV6=\($0)"] } ?? [])
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
    let builder = try builder(timeout: .seconds(3), isolation: isolation)
    let error = await #expect(throws: LabError.self) { try await builder.build(fixture.path, into: output.path) }
    #expect(error?.code == "idf.timeout")
    if isolation == .none {
      let path = try #require(try folders().first) + "/build/sleeper"
      let text = try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
      let sleeper = try #require(pid_t(text))
      let deadline = ContinuousClock.now + .seconds(20)
      while kill(sleeper, 0) == 0, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(20)) }
      #expect(kill(sleeper, 0) == -1)
    }
  }

  @Test func blamesAProgramThatNeverEndsToCompile() async throws {
    let fixture = try Fixture(["a.c": ""])
    _ = try await builder().build(fixture.path, into: output.path)
    try fixture.write("a.c", "FOREVER")
    let failure = await #expect(throws: BuildFailure.self) {
      try await builder(timeout: .seconds(3)).build(fixture.path, into: output.path)
    }
    #expect(failure?.kind == .timeout)
  }

  @Test func waitsForAnotherRunOfTheSameProject() async throws {
    let fixture = try Fixture(["a.c": ""])
    async let first = builder().build(fixture.path, into: output.path)
    let other = try Fixture()
    _ = try await builder().build(fixture.path, into: other.path)
    _ = try await first
    #expect(try calls().count == 1)
  }

  @Test func buildsSwiftForTheESP32C3WithACompilerOnly() async throws {
    let fixture = try Fixture(["a.swift": "import ESP32\n"])
    let other = await #expect(throws: LabError.self) {
      try await builder(.esp32).build(fixture.path, into: output.path)
    }
    #expect(other?.code == "idf.swiftChip")
    let error = await #expect(throws: LabError.self) {
      var builder = try builder()
      builder.installation.environment["PATH"] = idf.fixture.path + "/tools/bin"
      return try await builder.build(fixture.path, into: output.path)
    }
    #expect(error?.code == "idf.noSwift")
    #expect(error?.isUsage == true)
  }

  @Test(arguments: [true, false])
  func tellsWherePanicsOfSwiftAreLookedUp(hasSymbolizer: Bool) async throws {
    var tools = ["tools/bin/swiftc": "#!/bin/sh\n"]
    if hasSymbolizer { tools["tools/bin/llvm-symbolizer"] = "#!/bin/sh\n" }
    let idf = try FakeIDF(extra: tools)
    var builder = try builder()
    builder.installation = try IDFInstallation(environment: idf.environment)
    let fixture = try Fixture(["a.swift": "import ESP32\n", "b.c": ""])
    let image = try await builder.build(fixture.path + "/a.swift", into: output.path)
    #expect(image.swiftTools == (hasSymbolizer ? idf.fixture.path + "/tools" : nil))
    #expect(try await builder.build(fixture.path + "/b.c", into: output.path).swiftTools == nil)
  }

  @Test func tellsESPIDFOfSwiftSources() throws {
    let fixture = try Fixture(["Main.swift": "", "BridgingHeader.h": "", "More.swift": ""])
    let project = IDFProject(
      submission: try Submission(at: fixture.path), folder: "/p", build: "/b", components: [], chip: .esp32c3,
      version: IDFVersion(5, 4))
    let files: [String: String] = try project.files().mapValues { String(decoding: $0, as: UTF8.self) }
    let component = try #require(files["main/CMakeLists.txt"])
    #expect(component.contains("idf_component_register_swift("))
    #expect(component.contains("SRCS \"../source/Main.swift\" \"../source/More.swift\""))
    // Without the first a file is called by its place relative to the build.
    #expect(component.contains("-file-compilation-dir \"/p/source\" -file-prefix-map \"/p/source=.\""))
    let bridge: String = try #require(files["config/bridging.h"])
    #expect(bridge.contains("#include \"../source/BridgingHeader.h\""))
    #expect(bridge.contains("#include \"esp32_swift_libc.h\""))
  }
}
