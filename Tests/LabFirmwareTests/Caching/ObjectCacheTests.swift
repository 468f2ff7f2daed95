// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox
import Testing

@testable import LabFirmware

/// Whatever happens to what is kept: a build is as if nothing had been.
@Suite(.timeLimit(.minutes(120))) struct ObjectCacheTests {
  let cache: Fixture
  let output: Fixture

  init() throws {
    cache = try Fixture()
    output = try Fixture()
  }

  private static let program = [
    "main.c": "#include \"part.h\"\nint part(void);\nvoid app_main(void) { int unused; part(); }\n",
    "part.c": "#include \"part.h\"\nint part(void) { return PART; }\n", "part.h": "#define PART 17\n",
  ]

  private func build(
    _ files: [String: String] = program, cache: String? = nil, into folder: Fixture? = nil
  ) async throws -> FirmwareImage {
    let fixture = try Fixture(files)
    return try await FirmwareBuilder(
      sdk: try await StubSDK.path.value, cache: cache ?? self.cache.path, sandbox: try Sandbox()
    ).build(fixture.path, into: (folder ?? output).path)
  }

  private var entries: [String] {
    let folder = cache.path + "/objects"
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted().map { "\(folder)/\($0)" }
  }

  /// Ways in which a file can come to be another one. Builds may change it at the same time.
  private static let damages: [String: @Sendable (String) -> Void] = [
    "cut": { truncate($0, size(of: $0) / 2) },
    "cut by a byte": { truncate($0, max(size(of: $0) - 1, 0)) },
    "empty": { truncate($0, 0) },
    "zeroes": { path in
      let size = size(of: path)
      truncate(path, 0)
      truncate(path, size)
    },
    "a bit flipped": { path in
      let file = open(path, O_RDWR | O_NONBLOCK)
      let place = size(of: path) / 2
      var byte: UInt8 = 0
      pread(file, &byte, 1, place)
      byte ^= 1
      pwrite(file, &byte, 1, place)
      close(file)
    },
    "longer": { truncate($0, size(of: $0) + 1) },
    "gone": { unlink($0) },
    "a folder": { path in
      unlink(path)
      mkdir(path, 0o700)
    },
    "a pipe": { path in
      unlink(path)
      mkfifo(path, 0o600)
    },
    "a link": { path in
      unlink(path)
      symlink("/etc/passwd", path)
    },
    "a hole": { path in
      unlink(path)
      close(open(path, O_CREAT | O_WRONLY, 0o600))
      truncate(path, 1 << 40)
    },
  ]

  private static func size(of path: String) -> off_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_size : 0
  }

  @Test(arguments: damages.keys.sorted()) func whatIsDamagedIsMadeAgain(damage: String) async throws {
    let harm = try #require(Self.damages[damage])
    let first = try await build()
    let program = FileManager.default.contents(atPath: first.elf)
    for suffix in [".object", ".files"] {
      let harmed = entries.filter { $0.hasSuffix(suffix) }
      #expect(harmed.count == 2)
      for path in harmed { harm(path) }
      let second = try await build()
      #expect(FileManager.default.contents(atPath: second.elf) == program)
      #expect(second.log == first.log)
      // A list of files is a hint: part of one may do as well.
      if suffix == ".object" { #expect(second.compiledCount == 2) }
      #expect(try await build().compiledCount == 0)
    }
  }

  @Test func objectsThatChangePlacesAreFoundOut() async throws {
    let first = try await build()
    let program = FileManager.default.contents(atPath: first.elf)
    let objects = entries.filter { $0.hasSuffix(".object") }
    try #require(objects.count == 2)
    rename(objects[0], objects[0] + ".aside")
    rename(objects[1], objects[0])
    rename(objects[0] + ".aside", objects[1])
    let second = try await build()
    #expect(second.compiledCount == 2)
    #expect(FileManager.default.contents(atPath: second.elf) == program)
  }

  /// Root may write where nobody may, but not below a file.
  @Test(arguments: ["/dev/null/cache", "/proc/cache"]) func whereNothingCanBeKeptItBuildsAllTheSame(
    cache: String
  ) async throws {
    for _ in 0..<2 { #expect(try await build(cache: cache).compiledCount == 2) }
  }

  @Test func timesThatAreWrongDoNoHarm() async throws {
    let future = [timeval](repeating: timeval(tv_sec: 4_000_000_000, tv_usec: 0), count: 2)
    let program = FileManager.default.contents(atPath: try await build().elf)
    for path in entries { utimes(path, future) }
    let again = try await build()
    #expect(again.compiledCount == 0)
    #expect(FileManager.default.contents(atPath: again.elf) == program)
    // A source that is as old as time, or not written yet.
    let fixture = try Fixture(Self.program)
    utimes(fixture.path + "/part.h", future)
    let builder = FirmwareBuilder(sdk: try await StubSDK.path.value, cache: cache.path, sandbox: try Sandbox())
    #expect(try await builder.build(fixture.path, into: output.path).compiledCount == 0)
    try fixture.write("part.h", "#define PART 18\n")
    utimes(fixture.path + "/part.h", [timeval(tv_sec: 1, tv_usec: 0), timeval(tv_sec: 1, tv_usec: 0)])
    #expect(try await builder.build(fixture.path, into: output.path).compiledCount == 2)
  }

  /// Several builds use the cache while something damages, empties and fills it.
  @Test func buildsAtATimeGetTheirOwn() async throws {
    let programs = (0..<4).map { number in Self.program.merging(["part.h": "#define PART \(number)\n"]) { $1 } }
    var wanted: [Data?] = []
    for program in programs {
      let empty = try Fixture()
      wanted.append(FileManager.default.contents(atPath: try await build(program, cache: empty.path).elf))
    }
    #expect(Set(wanted).count == programs.count)
    let harms = ["cut", "empty", "a bit flipped", "gone", "a pipe"].compactMap { Self.damages[$0] }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (program, wanted) in zip(programs + programs, wanted + wanted) {
        group.addTask {
          for _ in 0..<3 {
            let folder = try Fixture()
            let image = try await build(program, into: folder)
            #expect(FileManager.default.contents(atPath: image.elf) == wanted)
          }
        }
      }
      group.addTask {
        for (index, harm) in (harms + harms + harms).enumerated() {
          let entries = entries
          if !entries.isEmpty { harm(entries[index % entries.count]) }
          try? await Task.sleep(for: .milliseconds(50))
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func theOldestAreRemovedFirst() async throws {
    var objects = ObjectCache(cache: cache.path)
    objects.capacity = (files: 10, bytes: 1 << 20)
    func names() throws -> Set<String> { Set(try FileManager.default.contentsOfDirectory(atPath: objects.folder)) }
    for number in 0..<10 {
      await objects.store([CachedObject(key: "\(number)", object: [1], log: [])])
      utimes("\(objects.folder)/\(number).object", [timeval](repeating: timeval(tv_sec: number, tv_usec: 0), count: 2))
    }
    #expect(try names().count == 10)
    await objects.store([CachedObject(key: "10", object: [1], log: [])])
    #expect(try names() == ["6.object", "7.object", "8.object", "9.object", "10.object"])
    await objects.store([CachedObject(key: "big", object: [UInt8](repeating: 1, count: 1 << 20), log: [])])
    #expect(try names() == [])
    // One that is too big is not kept at all.
    let huge = CachedObject(key: "huge", object: [UInt8](repeating: 1, count: CachedObject.sizeLimit), log: [])
    await objects.store([huge])
    #expect(try names() == [])
  }

  @Test(arguments: [
    "#include \"/dev/null\"\n", "#include \"../out/0/compiler.d\"\n",
    "__asm__(\".section .rodata.x\\n.incbin \\\"/usr/bin/env\\\",0,4\\n.text\");\n",
    "__asm__(\".section .rodata.x\\n.incbin \\\"/usr/lib/../bin/env\\\",0,4\\n.text\");\n",
  ])
  func whatTakesInTheHostIsNotKept(line: String) async throws {
    let program = ["main.c": line + "void app_main(void) {}\n", "part.h": ""]
    for _ in 0..<2 { #expect(try await build(program).compiledCount == 1) }
  }

  @Test(arguments: ["a b.h", "a#b.h", "a$b.h", "ä%20.h", "$(x).h", "a:b.h", "a;b|c.h"]) func oddNamesAreTold(
    name: String
  ) async throws {
    for value in 1...2 {
      let program = ["main.c": "#include <\(name)>\nvoid app_main(void) {}\n", name: "#define X \(value)\n"]
      #expect(try await build(program).compiledCount == 1)
      #expect(try await build(program).compiledCount == 0)
    }
  }

  /// gcc takes it in place of the header, and does not say so.
  @Test func aPrecompiledHeaderIsPartOfTheKey() throws {
    let fixture = try Fixture(["main.c": "", "a.h": ""])
    func key(_ contents: String) throws -> String {
      var submission = try Submission(at: fixture.path)
      submission.files.append(Submission.File(path: "a.h.gch", contents: Array(contents.utf8)))
      let workspace = try BuildWorkspace(submission: submission)
      return CompilationInputs(submission: submission, workspace: workspace, arguments: [], identity: "", covered: [])
        .sourceKey("main.c")
    }
    #expect(try key("one") == key("one"))
    #expect(try key("one") != key("two"))
  }
}
