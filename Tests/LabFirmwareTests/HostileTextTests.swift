// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabFirmware

/// Texts that a student's file decides, of the kinds that have kept expressions busy for minutes.
@Suite(.timeLimit(.minutes(5))) struct HostileTextTests {
  private static let submission = try? {
    let fixture = try Fixture(["main.c": "void app_main(void) {}"])
    return try withExtendedLifetime(fixture) { try Submission(at: $0.path) }
  }()

  /// The seconds of processor time that this thread needs for something.
  private func processorTime(_ body: () throws -> Void) rethrows -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = now()
    try body()
    return now() - start
  }

  /// Expects four times the text to need no more than some four times the time. What grows with the square needs sixteen times.
  private func expectLinear(_ unit: String, _ count: Int = 16 << 10, read: (String) throws -> Void) rethrows {
    func text(_ length: Int) -> String { String(repeating: unit, count: length / unit.utf8.count) }
    let short = try processorTime { try read(text(count)) }
    let long = try processorTime { try read(text(4 * count)) }
    #expect(long < 8 * max(short, 0.02), "\(unit.prefix(40)): \(short) s, then \(long) s")
  }

  @Test(arguments: ["/a", "a", "a/bin/ld: ", "a:1: ", "error: ", ": ", "\u{1b}[", "undefined reference to `"])
  func anErrorThatQuotesALongLine(_ unit: String) throws {
    let submission = try #require(Self.submission)
    try expectLinear(unit) { text in
      let message = "main.c:1:2: error: #error \"\(text)\"\n"
      let failure = BuildFailure.compiling(BuildLog(Array(message.utf8)), submission: submission)
      #expect(failure.message.hasPrefix("the program does not compile: 1 error, the first in main.c:1: #error \""))
      _ = BuildFailure.compilingSwift(BuildLog(Array(message.utf8)), submission: submission)
      _ = BuildFailure.linking(BuildLog(Array("ld: main.o: \(text)\n".utf8)), sdk: "/nowhere", language: .c)
    }
  }

  @Test func manyErrors() throws {
    let submission = try #require(Self.submission)
    expectLinear("main.c:1:2: error: 'a' undeclared\n", 1 << 20) { text in
      let log = BuildLog(Array(text.utf8))
      let failure = BuildFailure.compiling(log, submission: submission)
      #expect(failure.diagnostics.count == text.utf8.count / 34)
    }
  }

  @Test(arguments: [
    "idf_component_register(", "idf_component_register(SRCS main.c)", "idf_component_register(EMBED_FILES main.c)",
    "idf_component_register", "SRCS \"main.c\" ", "\"", " ", "#", "(",
  ])
  func aProjectsCMakeFile(_ unit: String) throws {
    try expectLinear(unit, 64 << 10) { text in
      let fixture = try Fixture([
        "CMakeLists.txt": "project(x)", "main/main.c": "void app_main(void) {}",
        "main/CMakeLists.txt": "idf_component_register(SRCS main.c)\n" + text,
      ])
      _ = try withExtendedLifetime(fixture) { try Submission(at: $0.path) }
    }
  }

  @Test func aLineIsCutAndSaysSo() {
    let log = BuildLog(Array("\u{1b}[31m\(String(repeating: "é", count: 3000))\u{1b}[m\nnext\n".utf8))
    let lines = log.plain.split(separator: "\n")
    #expect(lines[0].hasSuffix("é … 5006 bytes left out"))
    #expect(lines[0].utf8.count < BuildLog.lineLimit + 40)
    #expect(lines[1] == "next")
    // What is switched on in the line does not reach the next.
    #expect(log.coloured.contains("\u{1b}[m … 5006 bytes left out\nnext\n"))
  }

  @Test func whatIsNamedTwiceIsBuiltOnce() throws {
    let fixture = try Fixture([
      "CMakeLists.txt": "project(x)", "main/main.c": "void app_main(void) {}", "main/a.bin": "a",
      "main/CMakeLists.txt": "idf_component_register(SRCS main.c main.c EMBED_FILES a.bin a.bin)",
    ])
    let submission = try withExtendedLifetime(fixture) { try Submission(at: $0.path) }
    #expect(submission.sources == ["main/main.c"])
    #expect(submission.extras.embedded.map(\.path) == ["main/a.bin"])
  }

  @Test func aFileThatIncludesWithoutEndIsRefused() throws {
    let includes = (0...2000).map { "#include \"\($0).h\"\n" }.joined()
    let fixture = try Fixture(["main.c": includes])
    let problem = try #require(throws: SubmissionProblem.self) { try Submission(at: fixture.path + "/main.c") }
    #expect(problem.description.hasSuffix("it includes more than 2000 files"))
  }

  @Test func manyNotesAreCounted() throws {
    var configuration = ProjectConfiguration()
    configuration.readAssignments((0..<100).map { "CONFIG_A\($0)=?\n" }.joined(), from: "sdkconfig")
    #expect(configuration.notes.count == 11)
    #expect(configuration.notes.last == "90 more notes about values in sdkconfig were left out")
  }

  @Test func manyNamesAreCounted() {
    let names = (0..<20).map { "f\($0)" }
    #expect(BuildFailure.list(names) == "f0, f1, f2, f3, f4, f5 and 14 more")
    #expect(BuildFailure.list(Array(names.prefix(6))) == "f0, f1, f2, f3, f4 and f5")
  }

  @Test func readableNamesStandInTheLinkersMessages() {
    let log = BuildLog(Array("ld: \u{1b}[1m$e1a\u{1b}[m calls $e1abc and $e9\n".utf8))
    let readable = SwiftDemangler.replace(["$e1a": "a()", "$e1abc": "abc()"], in: log)
    #expect(readable.plain == "ld: a() calls abc() and $e9\n")
    #expect(readable.coloured == "ld: \u{1b}[1ma()\u{1b}[m calls abc() and $e9\n")
  }
}
