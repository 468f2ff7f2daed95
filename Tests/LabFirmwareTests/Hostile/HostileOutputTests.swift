// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox
import Testing

@testable import LabFirmware

/// What a build leaves where it can write is made by something that may be hostile: nothing of it may hang the lab, lead it elsewhere or fill the disk.
@Suite(.timeLimit(.minutes(120))) struct HostileOutputTests {
  let cache: Fixture
  let output: Fixture

  init() throws {
    cache = try Fixture()
    output = try Fixture()
  }

  private func build(
    with tools: FakeTools, _ isolation: Sandbox.Isolation = .bubblewrap, sources: Int = 1, cache: String? = nil
  ) async throws -> FirmwareImage {
    var files = ["main.c": "void app_main(void) {}\n"]
    for number in 1..<max(sources, 2) where sources > 1 { files["f\(number).c"] = "" }
    let fixture = try Fixture(files)
    var builder = FirmwareBuilder(
      sdk: try await StubSDK.path.value, cache: cache ?? self.cache.path, sandbox: try Sandbox(isolation: isolation))
    builder.toolPath = tools.path
    return try await builder.build(fixture.path, into: output.path)
  }

  /// What may lie in place of a file, as a script that puts it at `$place`, and the words for it.
  private static let things: [String: (script: String, words: String)] = [
    "pipe": ("mkfifo \"$place\"", "is a pipe and not a file"),
    "link": ("ln -s /etc/passwd \"$place\"", "is a link and not a file"),
    "link to nothing": ("ln -s nothing \"$place\"", "is a link and not a file"),
    "link to itself": ("ln -s object.o \"$place\"", "is a link and not a file"),
    "device": ("ln -s /dev/zero \"$place\"", "is a link and not a file"),
    "folder": ("mkdir \"$place\"", "is a folder and not a file"),
    "socket": (
      "cd \"${place%/*}\"; perl -MSocket -e 'socket(S, PF_UNIX, SOCK_STREAM, 0); bind(S, sockaddr_un(shift))' \"${place##*/}\"",
      "is a socket and not a file"
    ),
    "nothing": ("true", "is not there"),
    // The limit on a file ends what makes it.
    "hole of a terabyte": ("truncate -s 1T \"$place\"", "too big"),
  ]

  /// Outside of the sandbox nothing keeps a tool from replacing its files. (In it, nothing can be put in their place.)
  @Test(arguments: things.keys.sorted(), [Sandbox.Isolation.none, .bubblewrap])
  func whatIsNoObjectIsRefused(thing: String, isolation: Sandbox.Isolation) async throws {
    let (script, words) = try #require(Self.things[thing])
    let tools = try FakeTools(compiling: "place=$object; rm -f \"$place\"; \(script)")
    let failure = await #expect(throws: BuildFailure.self) { _ = try await build(with: tools, isolation) }
    if isolation == .none { #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")") }
  }

  @Test(arguments: things.keys.sorted(), ["firmware.elf", "firmware.bin"])
  func whatIsNoProgramIsRefused(thing: String, file: String) async throws {
    let (script, _) = try #require(Self.things[thing])
    let copying =
      file == "firmware.bin"
      ? "place=$4; rm -f \"$place\"; \(script)" : "\(FakeTools.realCopy) \"$@\"; place=$3; rm -f \"$place\"; \(script)"
    let tools = try FakeTools(compiling: "exec \(FakeTools.real) \"$@\"", copying: copying)
    await #expect(throws: BuildFailure.self) { _ = try await build(with: tools, .none) }
  }

  @Test(arguments: things.keys.sorted()) func whatIsNoListOfFilesKeepsNothing(thing: String) async throws {
    let (script, _) = try #require(Self.things[thing])
    let tools = try FakeTools(
      compiling: "\(FakeTools.real) \"$@\" || exit; place=${object%/*}/compiler.d; rm -f \"$place\"; (\(script)); true")
    for _ in 0..<2 { #expect(try await build(with: tools, .none).compiledCount == 1) }
  }

  @Test(arguments: [
    "", "object:", "object: main.c", "object: main.c\nobject: other.c\n", "other: main.c\n", "object: a$b\n",
  ])
  func aListOfFilesThatIsNotClearKeepsNothing(text: String) async throws {
    let tools = try FakeTools(
      compiling:
        "\(FakeTools.real) \"$@\" || exit; printf '\(text.replacing("\n", with: "\\n"))' >\"${object%/*}/compiler.d\"")
    for _ in 0..<2 { #expect(try await build(with: tools).compiledCount == 1) }
  }

  @Test func whatWritesOnAfterTheCompilerIsEnded() async throws {
    let mark = "writes-on-\(UUID().uuidString)"
    let loop = "bash -c 'while :; do echo >>\"$1\"; done' \(mark) \"$object\" >/dev/null 2>&1 &"
    let script = "\(FakeTools.real) \"$@\" || exit; \(loop) sleep 0.1"
    for isolation in [Sandbox.Isolation.bubblewrap, .none] {
      _ = try? await build(with: try FakeTools(compiling: script), isolation)
      let left = try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { name in
        FileManager.default.contents(atPath: "/proc/\(name)/cmdline")?.range(of: Data(mark.utf8)) != nil
      }
      #expect(left == [])
    }
  }

  @Test func aToolCanMakeNothingButItsFiles() async throws {
    let output = try ToolOutput(self.output.path + "/out", files: ["one", "two"])
    let script = """
      cd \(output.folder)
      for i in $(seq 2000); do : >"new$i"; mkdir -p "d$i/d"; done 2>/dev/null
      mkfifo pipe; ln -s /etc/passwd link; rm -f one; mv two three; ln -f one four; mkdir -p \(String(repeating: "d/", count: 200))
      head -c 100000000 /dev/zero >one; head -c 100000000 /dev/zero >two
      head -c 100000000 /dev/zero >other

      """
    var limits = Compilation.limits
    limits.fileSize = 8 << 20
    let command = SandboxedCommand("/bin/bash", ["-c", script], binds: output.binds, limits: limits)
    _ = try await Sandbox().run(command, timeout: .seconds(600))
    #expect(try FileManager.default.contentsOfDirectory(atPath: output.folder).sorted() == ["one", "two"])
    for name in ["one", "two"] {
      #expect(try ForeignFile(name, in: output.folder, limit: 8 << 20).size == 8 << 20)
      #expect(throws: ForeignFile.Problem.tooBig(limit: 1 << 20)) {
        _ = try output.contents(of: name, limit: 1 << 20)
      }
    }
    output.remove()
    #expect(!FileManager.default.fileExists(atPath: output.folder))
  }

  @Test func objectsAreBoundedTogether() async throws {
    let tools = try FakeTools(compiling: "head -c 20000000 /dev/zero >\"$object\"")
    let failure = await #expect(throws: BuildFailure.self) { _ = try await build(with: tools, sources: 12) }
    #expect(failure?.kind == .tooBig)
  }

  @Test func theLinkerSeesNoOtherProgramsObjects() async throws {
    _ = try await build(with: try FakeTools(compiling: "exec \(FakeTools.real) \"$@\""))
    let other = ObjectCache(cache: cache.path).folder
    #expect(try !FileManager.default.contentsOfDirectory(atPath: other).isEmpty)
    let tools = try FakeTools(
      compiling: "exec \(FakeTools.real) \"$@\"",
      linking: "ls '\(other)' >&2; ls \"${object%/*}/../../objects\" >&2; exit 1")
    let failure = await #expect(throws: BuildFailure.self) { _ = try await build(with: tools) }
    let log = try #require(failure?.log.plain)
    #expect(log.contains("No such file or directory"), "\(log)")
    #expect(log.hasSuffix("0.o\n") || log.hasSuffix("main.o\n"), "\(log)")
  }
}
