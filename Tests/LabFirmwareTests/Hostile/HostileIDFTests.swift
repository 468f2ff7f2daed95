// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox
import Testing

@testable import LabFirmware

/// What a build with ESP-IDF leaves in its folder, which stays for the next build of the project, when something hostile has run in it.
@Suite(.timeLimit(.minutes(120))) struct HostileIDFTests {
  private let cache: Fixture
  private let output: Fixture
  private let project: Fixture
  private let ordinary: FakeIDF

  init() throws {
    cache = try Fixture()
    output = try Fixture()
    project = try Fixture(["main/main.c": ""])
    ordinary = try FakeIDF()
  }

  /// - Parameter script: what Ninja does in the build folder after its own work, where a source says `HOSTILE`.
  private func builder(_ script: String) throws -> IDFBuilder {
    let own = try String(contentsOfFile: ordinary.fixture.path + "/tools/bin/ninja", encoding: .utf8)
    let idf = ordinary
    try idf.fixture.write("tools/bin/own-ninja", own)
    try idf.fixture.write(
      "tools/bin/ninja",
      """
      #!/bin/bash
      "$(dirname "$0")/own-ninja" "$@" || exit
      cd "$2"
      if grep -q HOSTILE "$(sed -n 2p build.ninja)"/source/main/main.c; then
      \(script)
      fi
      exit 0

      """)
    for name in ["ninja", "own-ninja"] { chmod("\(idf.fixture.path)/tools/bin/\(name)", 0o755) }
    var builder = IDFBuilder(
      installation: try IDFInstallation(environment: idf.environment), chip: .esp32c3, firmware: "/nowhere",
      cache: cache.path, sandbox: try Sandbox(), timeout: .seconds(900))
    builder.usage = FolderUsage(bytes: 16 << 20, entries: 300, reserve: 0)
    return builder
  }

  /// Builds a program that attacks the folder, then one that does not.
  private func failure(_ script: String) async throws -> BuildFailure {
    let builder = try builder(script)
    try project.write("main/main.c", "HOSTILE")
    let failure = await #expect(throws: BuildFailure.self) {
      try await builder.build(project.path, into: output.path)
    }
    try project.write("main/main.c", "harmless now")
    let image = try await builder.build(project.path, into: output.path)
    #expect(FileManager.default.contents(atPath: image.elf) == Data("elf".utf8))
    return try #require(failure)
  }

  @Test(
    arguments: ["flasher_args.json", "bootloader/bootloader.bin", "*.elf"],
    [
      "mkfifo \"$place\"", "ln -s /etc/passwd \"$place\"", "mkdir -p \"$place/in/it\"", "ln -s \"$place\" \"$place\"",
    ])
  func whatIsNoFileIsRefused(place: String, script: String) async throws {
    let failure = try await failure("place=$(echo \(place)); rm -f \"$place\"; \(script)")
    #expect(failure.message.hasPrefix("what the build has left cannot be used: "))
  }

  @Test func aFolderThatIsALinkIsNotFollowed() async throws {
    let failure = try await failure("mv bootloader elsewhere; ln -s elsewhere bootloader")
    #expect(
      failure.message.hasSuffix("bootloader/bootloader.bin is a link or a file in place of a folder and not a file"))
  }

  @Test func aFileBeyondTheFlashIsNotRead() async throws {
    let builder = try builder("truncate -s 400M bootloader/bootloader.bin")
    try project.write("main/main.c", "HOSTILE")
    let failure = await #expect(throws: BuildFailure.self) {
      try await builder.build(project.path, into: output.path)
    }
    #expect(failure?.kind == .tooBig)
  }

  @Test(arguments: [
    "for ((i = 0;; i++)); do head -c 1000000 /dev/zero >f$i; done", "for ((i = 0;; i++)); do : >f$i; done",
    "for ((i = 0;; i++)); do mkdir f$i; done",
    "while mkdir d; do cd d; done", "mkdir d; chmod 0 d; head -c 20000000 /dev/zero >f",
    // It ends before it is looked at.
    "head -c 20000000 /dev/zero >f",
  ])
  func aFolderThatGrowsWithoutEndIsStopped(script: String) async throws {
    let failure = try await failure(script)
    #expect(failure.kind == .tooBig)
    #expect(failure.message.contains("the build was stopped: it has written more than 16 MiB, or more than 300 files"))
  }

  @Test func theTimeOfAFileOutsideIsLeftAlone() async throws {
    let builder = try builder(
      "rm -f esp-idf/esp_system/ld/sections.ld; ln -s \(project.path)/victim esp-idf/esp_system/ld/sections.ld")
    try project.write("victim", "")
    utimes(project.path + "/victim", [timeval(tv_sec: 1000, tv_usec: 0), timeval(tv_sec: 1000, tv_usec: 0)])
    for source in ["HOSTILE 1", "HOSTILE 2", "HOSTILE 3"] {
      try project.write("main/main.c", source)
      _ = try? await builder.build(project.path, into: output.path)
    }
    var status = stat()
    #expect(stat(project.path + "/victim", &status) == 0 && status.st_mtim.tv_sec == 1000)
  }

  @Test func aFullDiskIsNotTheStudentsFault() async throws {
    var builder = try builder("true")
    builder.usage = FolderUsage(bytes: 16 << 20, entries: 300, reserve: .max)
    let error = await #expect(throws: LabError.self) { try await builder.build(project.path, into: output.path) }
    #expect(error?.code == "disk.full")
  }
}
