// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox
import Testing

@testable import LabFirmware

/// Builds Swift with the SDK that the set-up has built, if that has its Swift module.
@Suite(
  .enabled(if: RealSDK.path.map { FileManager.default.fileExists(atPath: $0 + "/swift") } ?? false, "needs ./setup"),
  .timeLimit(.minutes(120)))
struct SwiftBuildTests {
  /// Shared, so that the SDK's headers are taken in once.
  private static let cache = try! Fixture()
  private let output: Fixture

  init() throws {
    output = try Fixture()
  }

  private func build(_ files: [String: String], in language: FirmwareLanguage? = nil) async throws -> FirmwareImage {
    let fixture = try Fixture(files)
    let path = files.count == 1 ? "\(fixture.path)/\(files.keys.first ?? "")" : fixture.path
    let builder = FirmwareBuilder(
      sdk: try #require(RealSDK.path), cache: Self.cache.path, sandbox: try Sandbox(), timeout: .seconds(1200))
    return try await builder.build(path, in: language, into: output.path)
  }

  private func failure(_ files: [String: String], in language: FirmwareLanguage? = nil) async throws -> BuildFailure {
    let failure = await #expect(throws: BuildFailure.self) { _ = try await build(files, in: language) }
    let found = try #require(failure)
    #expect(!found.log.plain.contains("/tmp/"), "\(found.log.plain)")
    #expect(!found.message.contains("/tmp/") || files.count == 1)
    return found
  }

  private static let main = "import ESP32\n@_cdecl(\"app_main\") func app_main() {"

  @Test func buildsAndRemembers() async throws {
    let files = ["Main.swift": Self.main + " Log(\"x\").info(\"\\(htons(1))\") }\n"]
    let image = try await build(files)
    #expect(image.language == .swift)
    #expect(image.warnings.isEmpty, "\(image.log.plain)")
    let flash = try #require(FileManager.default.contents(atPath: image.flash))
    #expect(flash.starts(with: FlashImage.magic))
    let elf = FileManager.default.contents(atPath: image.elf)
    let again = try await build(files)
    #expect(again.compiledCount == 0)
    #expect(FileManager.default.contents(atPath: again.elf) == elf)
  }

  @Test func aBridgingHeaderShowsCAndTheProjectsOptions() async throws {
    let image = try await build([
      "CMakeLists.txt": "", "sdkconfig.defaults": "CONFIG_EXAMPLE_PORT=4444\n",
      "main/CMakeLists.txt": "idf_component_register_swift(${COMPONENT_LIB} SRCS Main.swift)",
      "main/BridgingHeader.h": "#include \"esp32_swift.h\"\n#include \"lwip/sockets.h\"\n#include \"sdkconfig.h\"\n",
      "main/Main.swift": Self.main + " vTaskDelay(UInt32(CONFIG_EXAMPLE_PORT)); _ = sockaddr_in() }\n",
    ])
    #expect(image.log.plain.isEmpty, "\(image.log.plain)")
  }

  @Test func aHeaderIsPartOfTheProgram() async throws {
    var programs: [Data?] = []
    for value in 1...2 {
      let files = [
        "BridgingHeader.h": "%:import \"value.h\"\n", "value.h": "#inc\\\nlude \"more.inc\"\n",
        "more.inc": "#define VALUE \(value)\n", "Main.swift": Self.main + " Log(\"x\").info(\"\\(VALUE)\") }\n",
      ]
      let image = try await build(files)
      programs.append(FileManager.default.contents(atPath: image.elf))
      #expect(try await build(files).compiledCount == 0)
    }
    #expect(programs[0] != programs[1])
  }

  @Test(arguments: [
    "#include \"/dev/null\"\n", "static const char uuid[] = {\n#embed \"/proc/sys/kernel/random/uuid\"\n};\n",
    "#include \"/proc/self/cwd/more.h\"\n",
  ])
  func whatTakesInTheHostIsNotKept(header: String) async throws {
    let files = ["BridgingHeader.h": header, "more.h": "", "Main.swift": Self.main + "}\n"]
    for _ in 0..<2 { #expect(try await build(files).compiledCount == 1) }
  }

  /// What the compiler printed is kept with the object, and names no folder of the build that made it.
  @Test func aWarningIsRememberedWithTheStudentsPaths() async throws {
    let files = [
      "BridgingHeader.h": "#warning \"look here\"\n", "Main.swift": Self.main + " let unused = 1 }\n",
    ]
    let first = try await build(files)
    let again = try await build(files)
    #expect(again.compiledCount == 0)
    #expect(again.log == first.log)
    #expect(again.log.plain.contains("look here") && !again.log.plain.contains("/tmp/"), "\(again.log.plain)")
  }

  /// A power cut leaves files that are cut or empty.
  @Test(arguments: [0, 1000]) func modulesThatAreDamagedAreMadeAgain(size: Int) async throws {
    let cache = try Fixture()
    let program = try Fixture(["Main.swift": Self.main + "}\n"])
    let builder = FirmwareBuilder(
      sdk: try #require(RealSDK.path), cache: cache.path, sandbox: try Sandbox(), timeout: .seconds(1200))
    let first = try await builder.build(program.path, into: output.path)
    let elf = FileManager.default.contents(atPath: first.elf)
    let modules = cache.path + "/modules"
    let names = try #require(FileManager.default.enumerator(atPath: modules)?.allObjects as? [String])
    let damaged = names.filter { $0.hasSuffix(".pcm") }
    #expect(!damaged.isEmpty)
    for name in damaged { truncate("\(modules)/\(name)", off_t(size)) }
    try FileManager.default.removeItem(atPath: cache.path + "/objects")
    let second = try await builder.build(program.path, into: output.path)
    #expect(second.compiledCount == 1)
    #expect(FileManager.default.contents(atPath: second.elf) == elf)
  }

  @Test func withoutASandboxItBuildsTheSame() async throws {
    let program = try Fixture([
      "BridgingHeader.h": "#include \"value.h\"\n", "value.h": "#define VALUE 4\n",
      "Main.swift": Self.main + " Log(\"x\").info(\"\\(VALUE)\") }\n",
    ])
    var programs: [Data?] = []
    for isolation in [Sandbox.Isolation.bubblewrap, .none] {
      let builder = FirmwareBuilder(
        sdk: try #require(RealSDK.path), cache: Self.cache.path, sandbox: try Sandbox(isolation: isolation),
        timeout: .seconds(1200))
      for count in [1, 0] {
        let image = try await builder.build(program.path, into: output.path)
        #expect(image.compiledCount == count)
        programs.append(FileManager.default.contents(atPath: image.elf))
      }
    }
    #expect(Set(programs).count == 1)
  }

  @Test func whereNothingCanBeKeptItBuildsAllTheSame() async throws {
    let program = try Fixture(["Main.swift": Self.main + "}\n"])
    let builder = FirmwareBuilder(
      sdk: try #require(RealSDK.path), cache: "/dev/null/cache", sandbox: try Sandbox(), timeout: .seconds(1200))
    let image = try await builder.build(program.path, into: output.path)
    #expect(image.compiledCount == 1)
    // Nor does it show in the program where the SDK's modules were.
    let elf = FileManager.default.contents(atPath: image.elf)
    let usual = FirmwareBuilder(
      sdk: try #require(RealSDK.path), cache: Self.cache.path, sandbox: try Sandbox(), timeout: .seconds(1200))
    #expect(FileManager.default.contents(atPath: try await usual.build(program.path, into: output.path).elf) == elf)
  }

  @Test func showsErrorsWithTheStudentsPaths() async throws {
    let failure = try await failure(["a/Main.swift": Self.main + " wait(1) }\n", "b.swift": "let x: Int = \"\"\n"])
    #expect(failure.kind == .compile)
    #expect(failure.language == .swift)
    #expect(failure.diagnostics.contains { $0.file == "a/Main.swift" && $0.line == 2 }, "\(failure.log.plain)")
    #expect(failure.diagnostics.contains { $0.file == "b.swift" && $0.line == 1 })
    #expect(failure.log.coloured.contains("\u{1b}["))
    #expect(!failure.log.plain.contains("\u{1b}"))
  }

  @Test(arguments: [
    ("import Foundation\n", "Foundation is not in Embedded Swift"), ("import Glibc\n", "Glibc is not in"),
    ("@preconcurrency import Dispatch\n", "Dispatch is not in"), ("import Foundatoin\n", "no such module 'Foundatoin'"),
    ("import ESP32\nfunc app_main() {}\n", "there is no app_main"),
    ("import ESP32\n@main struct App { static func main() {} }\n", "there is no app_main"),
    ("import ESP32\n@_cdecl(\"app_main\") func app_main() { Task { } }\n", "async, await, Task and actors"),
  ])
  func explainsWhatAMicrocontrollerLacks(source: String, words: String) async throws {
    let failure = try await failure(["Main.swift": source])
    #expect(failure.message.contains(words), "\(failure.message)")
    #expect(failure.hint != nil)
  }

  @Test func explainsTwoAppMains() async throws {
    let other = "@_cdecl(\"app_main\") func other() {}\n"
    let failure = try await failure(["Main.swift": Self.main + "}\n", "b.swift": other])
    #expect(failure.message == "app_main is defined more than once")
  }

  @Test func demanglesWhatTheLinkerLacks() async throws {
    let source =
      "@_silgen_name(\"gone\") func gone()\n" + Self.main + " serve() }\n"
      + "@inline(never) func serve() { gone() }\n"
    let failure = try await failure(["Main.swift": source])
    #expect(failure.message == "gone is called but not defined anywhere")
    #expect(failure.log.plain.contains("firmware.o: in function `serve()'"), "\(failure.log.plain)")
  }

  @Test func anotherLanguageThanWasAskedForIsRefused() async throws {
    let swift = try await failure(["Main.swift": ""], in: .c)
    #expect(swift.message.contains("is written in Embedded Swift, and C was asked for"))
    let c = try await failure(["main.c": ""], in: .swift)
    #expect(c.message.contains("is written in C, and Embedded Swift was asked for"))
  }

  @Test func aSourceCannotReadTheHost() async throws {
    let failure = try await failure([
      "BridgingHeader.h": "#include \"/etc/passwd\"\n", "Main.swift": Self.main + "}\n",
    ])
    #expect(failure.log.plain.contains("'/etc/passwd' file not found"), "\(failure.log.plain)")
  }

  @Test func findsTheCheckThatFailed() async throws {
    let image = try await build([
      "Main.swift": """
      import ESP32
      @inline(never) func element(_ list: [Int], _ index: Int) -> Int {
        list[index]
      }
      @_cdecl("app_main") func app_main() {
        _ = element([1, 2], Int(esp_random()))
      }
      """
    ])
    let sandbox = try Sandbox()
    let dump = try await sandbox.run(
      SandboxedCommand(try Toolchain.tool("objdump"), ["-d", image.elf], binds: [.readOnly(image.elf)]),
      timeout: .seconds(600), outputLimit: 8 << 20)
    let lines = String(decoding: dump.output, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    let function = lines.drop { !$0.contains("element") }.prefix { !$0.isEmpty }
    let trap = try #require(function.first { $0.contains("unimp") }, "\(function.joined(separator: "\n"))")
    let address = try #require(UInt32(trap.prefix { $0 != ":" }.drop(while: \.isWhitespace), radix: 16))
    let report = PanicReport(
      kind: .exception("Illegal instruction"), message: "", frames: [.init(role: "MEPC", address: address)])
    let found = try await PanicSymbolizer(elf: image.elf, sandbox: sandbox, swiftTools: image.swiftTools)
      .symbolize(report)
    #expect(found.kind == .exception("Swift: Index out of range"))
    #expect(found.place?.function?.hasPrefix("element(") ?? false)
    #expect(found.place?.file == "Main.swift")
    #expect(found.place?.line == 3)
  }
}
