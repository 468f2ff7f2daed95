// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox
import Testing

@testable import LabFirmware

/// Builds with the real compiler and a stub of an SDK.
@Suite(.timeLimit(.minutes(120))) struct BuildTests {
  let cache: Fixture
  let output: Fixture

  init() throws {
    cache = try Fixture()
    output = try Fixture()
  }

  private func builder(_ isolation: Sandbox.Isolation = .bubblewrap) async throws -> FirmwareBuilder {
    FirmwareBuilder(sdk: try await StubSDK.path.value, cache: cache.path, sandbox: try Sandbox(isolation: isolation))
  }

  private func failure(_ files: [String: String]) async throws -> BuildFailure {
    let fixture = try Fixture(files)
    let failure = await #expect(throws: BuildFailure.self) {
      try await builder().build(fixture.path, into: output.path)
    }
    let found = try #require(failure)
    #expect(!found.log.plain.contains(fixture.path))
    #expect(!found.log.plain.contains("esp32-lab."))
    return found
  }

  @Test(arguments: [Sandbox.Isolation.bubblewrap, .none])
  func makesAnImageThatTheROMBoots(isolation: Sandbox.Isolation) async throws {
    let fixture = try Fixture(["main/main.c": "#include \"uart.h\"\nvoid app_main(void) { uart_print(\"hi\"); }\n"])
    let image = try await builder(isolation).build(fixture.path, into: output.path)
    let flash = try #require(FileManager.default.contents(atPath: image.flash))
    #expect(flash.count == 4 << 20)
    #expect(flash.starts(with: FlashImage.magic))
    #expect(FileManager.default.fileExists(atPath: image.elf))
    #expect(image.log.plain.isEmpty)
    #expect(image.compiledCount == 1)
    var status = stat()
    #expect(stat(image.flash, &status) == 0)
    #expect(status.st_blocks * 512 < 1 << 20)
  }

  @Test func compilesOnlyWhatChanged() async throws {
    let fixture = try Fixture([
      "a.c": "#include \"x.h\"\nvoid b(void);\nvoid app_main(void) { b(); }\n",
      "b.c": "void b(void) { int unused; }\n", "x.h": "",
    ])
    let builder = try await builder()
    let first = try await builder.build(fixture.path, into: output.path)
    #expect(first.compiledCount == 2)
    #expect(first.warnings.map(\.file) == ["b.c"])
    let again = try await builder.build(fixture.path, into: output.path)
    #expect(again.compiledCount == 0)
    #expect(again.warnings == first.warnings)
    try fixture.write("b.c", "void b(void) { }\n")
    #expect(try await builder.build(fixture.path, into: output.path).compiledCount == 1)
    try fixture.write("x.h", "#define X 1\n")
    #expect(try await builder.build(fixture.path, into: output.path).compiledCount == 1)
  }

  @Test func sameSourcesElsewhereGiveTheSameBytes() async throws {
    let files = [
      "CMakeLists.txt": "", "sdkconfig.defaults": "CONFIG_EXAMPLE_PORT=4444\n",
      "main/main.c": """
      #include "uart.h"
      #include "sdkconfig.h"
      #include "../../config/sdkconfig_project.h"
      void app_main(void) { uart_print(__FILE__); }

      """,
    ]
    let (one, two, otherCache) = (try Fixture(files), try Fixture(files), try Fixture())
    let first = try await builder().build(one.path, into: output.path)
    let elf = try #require(FileManager.default.contents(atPath: first.elf))
    var other = try await builder()
    other.cache = otherCache.path
    let second = try await other.build(two.path, into: output.path)
    #expect(second.compiledCount == 1)
    #expect(FileManager.default.contents(atPath: second.elf) == elf)
  }

  @Test func passesOptionsOnAndSaysWhichHaveNoEffect() async throws {
    let fixture = try Fixture([
      "CMakeLists.txt": "", "sdkconfig.defaults": "CONFIG_EXAMPLE_PORT=4444\nCONFIG_FREERTOS_HZ=1000\n",
      "main/main.c": """
      #include "sdkconfig.h"
      _Static_assert(CONFIG_EXAMPLE_PORT == 4444 && CONFIG_FREERTOS_HZ == 100, "");
      void app_main(void) {}
      """,
    ])
    let image = try await builder().build(fixture.path, into: output.path)
    #expect(image.notes == ["CONFIG_FREERTOS_HZ=1000 has no effect: the bundled SDK is built with 100"])
  }

  @Test func showsCompilerErrorsWithTheStudentsPaths() async throws {
    let failure = try await failure([
      "CMakeLists.txt": "", "main/main.c": "void app_main(void) { return 1 }\n",
      "main/b.c": "int b(void) { return x; }\n",
    ])
    #expect(failure.kind == .compile)
    #expect(failure.diagnostics.contains { $0.file == "main/main.c" && $0.line == 1 && $0.column == 31 })
    #expect(failure.diagnostics.contains { $0.file == "main/b.c" })
    #expect(failure.log.coloured.contains("\u{1b}["))
    #expect(!failure.log.plain.contains("\u{1b}"))
    #expect(failure.message.hasPrefix("the program does not compile: "))
  }

  @Test func explainsThatThereIsNoAppMain() async throws {
    #expect(try await failure(["main.c": "int main(void) { return 0; }\n"]).kind == .noAppMain)
  }

  @Test func explainsTwoAppMains() async throws {
    let failure = try await failure(["a.c": "void app_main(void) {}\n", "b.c": "void app_main(void) {}\n"])
    #expect(failure.kind == .link)
    #expect(
      failure.message == "app_main is defined more than once: in a.c and b.c"
        || failure.message == "app_main is defined more than once: in b.c and a.c")
  }

  @Test func namesWhatTheSDKLacks() async throws {
    let header = try await failure([
      "main.c": "#include \"esp_http_client.h\"\nvoid app_main(void) { esp_http_client_t x; }\n"
    ])
    #expect(header.kind == .absentAPI(names: ["esp_http_client"]))
    #expect(header.diagnostics.count == 1)
    let lines = header.log.plain.split(separator: "\n")
    #expect(lines.first == "In file included from main.c:1:")
    #expect(lines.dropFirst().first?.hasPrefix("sdk/esp_http_client.h:1:2: error: #error") ?? false)
    #expect(!header.log.plain.contains("unknown type"))
    let function = try await failure([
      "main.c": "void esp_http_client_init(void);\nvoid app_main(void) { esp_http_client_init(); }\n"
    ])
    #expect(function.kind == .absentAPI(names: ["esp_http_client_init"]))
    #expect(function.message == "esp_http_client_init (esp_http_client) is not in the bundled SDK")
    #expect(function.diagnostics.first?.file == "main.c")
    #expect(function.diagnostics.first?.line == 2)
    let declared = try await failure(["main.c": "#include \"uart.h\"\nvoid app_main(void) { esp_nowhere(); }\n"])
    #expect(declared.kind == .absentAPI(names: ["esp_nowhere"]))
    let typo = try await failure(["main.c": "void hlep(void);\nvoid app_main(void) { hlep(); }\n"])
    #expect(typo.kind == .link)
    #expect(typo.message == "hlep is called but not defined anywhere")
  }

  @Test func explainsThatItDoesNotFit() async throws {
    let failure = try await failure([
      "main.c":
        "static char room[1 << 20];\nvoid app_main(void) { for (int i = 0;; i++) ((volatile char *)room)[i] = 1; }\n"
    ])
    #expect(failure.kind == .tooBig)
    #expect(failure.message.contains("memory"))
  }

  /// What a program may take is counted in processor time: a computer that does not get on is not the student's fault.
  @Test func aCompilerThatIsStoppedByTheWallClockIsTheHosts() async throws {
    var slow = try await builder()
    slow.timeout = .milliseconds(400)
    let doubling = (0..<40).map { "#define A\($0 + 1) A\($0) A\($0)" }.joined(separator: "\n")
    let fixture = try Fixture(["main.c": "#define A0 x\n\(doubling)\nvoid app_main(void) { A40 }\n"])
    let error = await #expect(throws: LabError.self) { try await slow.build(fixture.path, into: output.path) }
    #expect(error?.code == "build.slow")
  }

  @Test func aSourceCannotReadTheHost() async throws {
    let failure = try await failure(["main.c": "#include \"/etc/passwd\"\nvoid app_main(void) {}\n"])
    #expect(failure.log.plain.contains("/etc/passwd: No such file or directory"))
    let assembler = try await self.failure(["main.c": "asm(\".incbin \\\"/etc/passwd\\\"\");\nvoid app_main(void) {}\n"]
    )
    #expect(assembler.kind == .compile)
  }

  @Test func controlCodesInASourceDoNotReachTheTerminal() async throws {
    let failure = try await failure(["main.c": "void app_main(void) { \u{1b}]0;evil\u{07} return 1 }\n"])
    #expect(!failure.log.coloured.contains("\u{1b}]"))
    #expect(!failure.log.coloured.contains("\u{07}"))
  }

  @Test func oddNamesAreNames() async throws {
    let fixture = try Fixture(["a-o evil.c": "void b(void) {}\n", "a@x.c": "", "a b.c": "void app_main(void) {}\n"])
    #expect(try await builder().build(fixture.path, into: output.path).compiledCount == 3)
    #expect(try await failure(["-o evil.c": "void app_main(void) {}\n"]).message.contains("\"-o evil.c\""))
  }

  @Test func aFileCalledLikeOneOfTheLabsIsNotTheLabsFault() async throws {
    let fixture = try Fixture([
      "CMakeLists.txt": "", "main/main.c": "void app_main(void) {}\n", "main/a.txt": "x", "embedded_files.lab.c": "",
      ".lab/embedded_files.c/x.h": "",
      "main/CMakeLists.txt": "idf_component_register(SRCS \"main.c\" EMBED_TXTFILES \"a.txt\")",
      "main/sdkconfig_project.h": "",
    ])
    #expect(try await builder().build(fixture.path, into: output.path).compiledCount == 2)
  }

  @Test func aProblemOfThePathIsABuildFailure() async throws {
    let failure = await #expect(throws: BuildFailure.self) {
      try await builder().build("/nowhere/main.c", into: output.path)
    }
    #expect(failure?.kind == .submission(.missing("/nowhere/main.c")))
  }

  @Test func aGapInTheSDKIsNamed() async throws {
    let failure = try await failure(["main.c": "void sdk_gap(void);\nvoid app_main(void) { sdk_gap(); }\n"])
    #expect(failure.kind == .absentAPI(names: ["nobody_has_this"]))
    #expect(failure.message.contains("needs nobody_has_this"))
  }

  /// What looks like the SDK's own fault in a linker's words is still a program that does not link.
  @Test(arguments: [
    ["sdk/main.c": "void nowhere(void);\nvoid app_main(void) { nowhere(); }\n"],
    [
      "main.c": """
      void nowhere(void);
      void app_main(void) { nowhere(); }
      __asm__(".section .gnu.warning.nowhere\\n.string \\"x\\\\nld: sdk/lib.o:\\"\\n.text");

      """
    ],
  ]) func whatTheLinkerIsMadeToSayIsNoFaultOfTheLab(files: [String: String]) async throws {
    #expect(try await failure(files).message.contains("nowhere"))
  }

  @Test(arguments: ["022", "027", "077"]) func theCallersUmaskChangesNothing(mask: String) async throws {
    let value = try #require(mode_t(mask, radix: 8))
    await #expect(processExitsWith: .success) { [value = value as mode_t] in
      umask(value)
      let fixture = try Fixture(["main.c": "#include \"x.h\"\nvoid app_main(void) {}\n", "x.h": ""])
      let (cache, output) = (try Fixture(), try Fixture())
      chmod(fixture.path + "/main.c", 0o644)
      chmod(fixture.path + "/x.h", 0o644)
      umask(0o022)
      let sdk = try await StubSDK.path.value
      umask(value)
      let builder = FirmwareBuilder(sdk: sdk, cache: cache.path, sandbox: try Sandbox())
      for _ in 0..<2 { _ = try await builder.build(fixture.path, into: output.path) }
    }
  }

  @Test func aDamagedSDKIsTheLabsFault() async throws {
    var broken = try await builder()
    broken.sdk = cache.path
    let fixture = try Fixture(["main.c": "void app_main(void) {}\n"])
    let error = await #expect(throws: LabError.self) { try await broken.build(fixture.path, into: output.path) }
    #expect(error?.code == "sdk.damaged")
  }
}
