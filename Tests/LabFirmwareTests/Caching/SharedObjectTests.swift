// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox
import Testing

@testable import LabFirmware

/// Programs that have the same source and differ in what that takes in: none may get what was compiled for another one.
@Suite(.timeLimit(.minutes(120))) struct SharedObjectTests {
  let cache: Fixture
  let output: Fixture

  init() throws {
    cache = try Fixture()
    output = try Fixture()
  }

  private func build(_ path: String) async throws -> FirmwareImage {
    try await FirmwareBuilder(sdk: try await StubSDK.path.value, cache: cache.path, sandbox: try Sandbox())
      .build(path, into: output.path)
  }

  /// Whether a text is in the program of an image.
  private func holds(_ image: FirmwareImage, _ text: String) -> Bool {
    FileManager.default.contents(atPath: image.flash)?.range(of: Data(text.utf8)) != nil
  }

  /// Ways to take in `impl.c`, which defines `ANSWER`.
  static let spellings: [String: String] = [
    "quotes": "#include \"impl.c\"", "angle brackets": "#include <impl.c>", "import": "#import \"impl.c\"",
    "a spliced directive": "#inc\\\nlude \"impl.c\"", "a spliced name": "#include \"im\\\npl.c\"",
    "a digraph": "%:include \"impl.c\"", "a comment": "# /* here */ include /* it */ \"impl.c\"",
    "a macro": "#define IMPL <impl.c>\n#include IMPL", "a macro of two": "#define NAME(x) <x.c>\n#include NAME(impl)",
    "another header": "#include \"more.h\"", "the folder above": "#include \"../source/impl.c\"",
    "the next folder": "#include_next <impl.c>",
  ]

  @Test(arguments: spellings.keys.sorted()) func eachGetsItsOwn(spelling: String) async throws {
    let source = """
      #include "uart.h"
      \(Self.spellings[spelling] ?? "")
      void app_main(void) { uart_print(ANSWER); }

      """
    for answer in ["the first", "another"] {
      let fixture = try Fixture([
        "main.c": source, "impl.c": "#undef ANSWER\n#define ANSWER \"\(answer)\"\n", "more.h": "#import <impl.c>\n",
      ])
      let image = try await build(fixture.path)
      #expect(holds(image, answer))
    }
  }

  @Test(arguments: [".incbin \\\"answer.txt\\\"", ".include \\\"answer.inc\\\"", ".include \\\"more.inc\\\""])
  func eachGetsWhatTheAssemblerTakesIn(directive: String) async throws {
    let source = """
      #include "uart.h"
      __asm__(".section .rodata.answer\\nanswer:\\n\(directive)\\n.byte 0\\n.text");
      extern const char answer[];
      void app_main(void) { uart_print(answer); }

      """
    for answer in ["the first", "another"] {
      let fixture = try Fixture([
        "main.c": source, "answer.txt": answer, "answer.inc": ".ascii \"\(answer)\"\n",
        "more.inc": ".macro more\n.include \"answer.inc\"\n.endm\nmore\n",
      ])
      #expect(holds(try await build(fixture.path), answer))
    }
  }

  @Test func aMendedProgramIsBuiltAnew() async throws {
    let mistake = "#define ANSWER nothing_of_that_name()\n"
    let fixture = try Fixture(["main.c": "#include <impl.c>\nvoid app_main(void) { ANSWER; }\n", "impl.c": mistake])
    await #expect(throws: BuildFailure.self) { _ = try await build(fixture.path) }
    try fixture.write("impl.c", "#define ANSWER return\n")
    #expect(try await build(fixture.path).compiledCount == 2)
    try fixture.write("impl.c", mistake)
    await #expect(throws: BuildFailure.self) { _ = try await build(fixture.path) }
  }

  @Test func aFileThatIsAddedOrTakenAwayCounts() async throws {
    let fixture = try Fixture([
      "main.c": """
      #include "uart.h"
      #if __has_include("extra.h")
      #define ANSWER "with it"
      #else
      #define ANSWER "without"
      #endif
      void app_main(void) { uart_print(ANSWER); }

      """
    ])
    #expect(holds(try await build(fixture.path), "without"))
    try fixture.write("extra.h", "")
    #expect(holds(try await build(fixture.path), "with it"))
    try FileManager.default.removeItem(atPath: fixture.path + "/extra.h")
    #expect(holds(try await build(fixture.path), "without"))
  }

  @Test func whatACompilerQuotesIsTheStudentsOwn() async throws {
    let source = "void app_main(void) {\n#line 1 \"notes.txt\"\n int unused; }\n"
    for notes in ["mine alone", "of someone else"] {
      let fixture = try Fixture(["main.c": source, "notes.txt": notes + "\n"])
      let log = try await build(fixture.path).log.plain
      #expect(log.contains(notes), "\(log)")
    }
  }

  @Test func theTimeOfTheBuildIsNotInTheProgram() async throws {
    let source =
      "#include \"uart.h\"\nvoid app_main(void) { uart_print(__DATE__ \" \" __TIME__ \", \" __TIMESTAMP__); }\n"
    let fixture = try Fixture(["main.c": source])
    #expect(holds(try await build(fixture.path), "Jan  1 2025 00:00:00, Wed Jan  1 00:00:00 2025"))
  }

  /// gcc leaves out a file that equals one with `#pragma once`, and does not name it among what it has read.
  @Test func whatEqualsAnotherFileCounts() async throws {
    let source = """
      #include "uart.h"
      #include "course.h"
      #include "mine.h"
      void app_main(void) { uart_print(ANSWER); }

      """
    let course = "#pragma once\n#ifndef ANSWER\n#define ANSWER \"nothing of mine\"\n#endif\n"
    for (mine, answer) in [(course, "nothing of mine"), ("#undef ANSWER\n#define ANSWER \"my own\"\n", "my own")] {
      let fixture = try Fixture(["main.c": source, "course.h": course, "mine.h": mine])
      #expect(holds(try await build(fixture.path), answer))
    }
  }

  @Test(arguments: ["./mine.h", ".//mine.h", "sub/./mine.h", "sub//mine.h"])
  func aSingleFilesHeaderCountsHoweverItIsNamed(name: String) async throws {
    let fixture = try Fixture()
    try fixture.write(
      "main.c", "#include \"uart.h\"\n#include \"\(name)\"\nvoid app_main(void) { uart_print(ANSWER); }\n")
    for answer in ["the first", "the second"] {
      for header in ["mine.h", "sub/mine.h"] { try fixture.write(header, "#define ANSWER \"\(answer)\"\n") }
      #expect(holds(try await build(fixture.path + "/main.c"), answer))
    }
  }
}
