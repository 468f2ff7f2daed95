// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox
import Testing

@testable import LabFirmware

/// Names are the student's to choose: whatever they are, the tools take them for names.
@Suite(.timeLimit(.minutes(120))) struct SubmissionNameTests {
  @Test(arguments: [
    "@a/b.c", "a/@b/c.c", "-o.c", "a/-wrapper", "a\nb.c", "a\tb.c", "a\u{7f}.c", "a\u{85}b.c", "a\u{2028}b.c", "a\"b.c",
    "a\\b.c",
    "-\u{301}.c", "@\u{20dd}.c", "\u{fffd}.c",
  ])
  func whatAToolCouldTakeForSomethingElseIsRefused(path: String) {
    let problem = #expect(throws: SubmissionProblem.self) { try SubmissionName.check(path) }
    // It is shown written out: it acts on nothing.
    #expect(problem.map { !$0.description.contains("\n") && !$0.description.contains("\t") } == true)
  }

  @Test(arguments: [
    "main.c", "main/main.c", "Ann's program (2).c", "größe.c", "日本/main.c", "a@b-c.c", "a b/c d.c", "$HOME/;x.c",
    "%n.c", "#1.c", "a:b.c", "*.c",
  ])
  func othersAreNames(path: String) throws {
    try SubmissionName.check(path)
    #expect(SubmissionName.argument(for: path, in: "/r") == "/r/" + path)
    #expect(SubmissionName.argument(for: path, in: ".") == "./" + path)
  }

  /// To Swift they are one string, to the compiler two files: one must not take the place of the other.
  @Test func namesThatDifferOnlyInTheirEncodingAreRefused() throws {
    let fixture = try Fixture()
    try fixture.write("main.c", "void app_main(void) {}\n")
    try fixture.write("\u{e9}.h", "#define N 1\n")
    try fixture.write("e\u{301}.h", "#define N 2\n")
    var reader = SubmissionReader(root: fixture.path, limits: SubmissionLimits())
    let problem = #expect(throws: SubmissionProblem.self) { try reader.readTree("") }
    #expect(problem?.description.contains("encoded") == true)
  }

  /// Whatever a submission's files and folders are called, a program that is right builds to the same code, or is refused for its names.
  @Test(arguments: 0..<(ProcessInfo.processInfo.environment["LAB_TEST_NAMES"].flatMap { Int($0) } ?? 24))
  func namesChangeNothing(seed: Int) async throws {
    var names = NameGenerator(seed: UInt64(seed))
    let fixture = try Fixture()
    let (folder, header, source) = (names.next(), names.next() + ".h", names.next() + ".c")
    // What would be read as options, were it taken for a file of them: beside the root and below the folder of the header.
    let decoys = [names.next(), folder, header, source].map { String($0.drop { "@-".contains($0) }) }
    for decoy in decoys where !decoy.isEmpty && decoy != source && decoy != header && decoy != folder {
      try? fixture.write(decoy, "-DTAKEN_FOR_OPTIONS -fplugin=/tmp/none.so -wrapper /bin/false\n")
    }
    try? fixture.write("\(folder)/\(header)", "#include \"uart.h\"\n")
    let program = """
      #include "\(header)"
      #ifdef TAKEN_FOR_OPTIONS
      #error taken for options
      #endif
      void app_main(void) { uart_print("hi"); }

      """
    try? fixture.write(source, program)
    // A name that the file system does not take is none.
    guard FileManager.default.fileExists(atPath: "\(fixture.path)/\(source)"),
      FileManager.default.fileExists(atPath: "\(fixture.path)/\(folder)/\(header)")
    else { return }
    let (cache, output) = (try Fixture(), try Fixture())
    let builder = FirmwareBuilder(sdk: try await StubSDK.path.value, cache: cache.path, sandbox: try Sandbox())
    do {
      let image = try await builder.build(fixture.path, into: output.path)
      #expect(!image.log.plain.contains("taken for options"), "\(names)")
    } catch let failure as BuildFailure {
      guard case .submission(.unusableName) = failure.kind else {
        Issue.record("\(failure.message) \(failure.log.plain) \(fixture.path) \([folder, header, source])")
        return
      }
    }
  }
}

/// Makes names of what tools, shells and file systems take for something else, the same for the same seed.
private struct NameGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1 }

  private static let pieces = [
    "@", "-", "a", "b", "-o", "-I", "-wrapper", "@file", " ", "'", "\"", "\\", "\n", "\t", "\r", ";", "&", "|", "$(id)",
    "`id`", "*", "?", "[a]", "{a,b}",
    "#", "%s", "=", ",", ":", "~", "!", "<", ">", "(", ")", "..", ".", "é", "日本", "🙂", "\u{202e}", "\u{200b}",
    "\u{301}", "\u{1b}[2J",
  ]

  mutating func next() -> String {
    let name = (0..<(1 + random(4))).map { _ in Self.pieces[random(Self.pieces.count)] }.joined()
    // Names that begin with a dot are not looked at.
    return name.hasPrefix(".") ? "x" + name : name
  }

  private mutating func random(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }
}
