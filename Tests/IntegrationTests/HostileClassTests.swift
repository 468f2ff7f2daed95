// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

/// A class with attackers in it: the others' results are those of a class without them, value for value.
@Suite struct HostileClassTests {
  /// Who is graded both times, and what they handed in, below `labs/03-command-server`.
  private static let others = [
    "ann.c": "submissions/correct/byte-at-a-time.c", "bob.c": "submissions/wrong/prefix-match.c",
    "cyd.c": "submissions/refused/syntax-error.c", "dan.swift": "submissions-swift/correct/strings.swift",
  ]
  /// Attacks from the fixtures that need little time.
  private static let attacks = [
    "response-file", "forged-kill.c", "forged-kill-assembler.c", "forged-report.c", "reads-proc.c", "link-time.c",
    "huge-array.c", "include-recursion.c", "semihosting.c", "packet-flood.c",
  ]

  /// Ways to include a file that a search for plain `#include "…"` does not find.
  private static let spellings = [
    "#include <part.inc>", "#import \"part.inc\"", "#inc\\\nlude \"part.inc\"", "%:include \"part.inc\"",
    "# /**/ include \"part.inc\"",
  ]

  /// Puts a program with a part of its own into the class: the same main.c as another student's, and another part.inc.
  private func writeTwin(_ name: String, includes: String, to folder: URL) throws {
    let twin = folder.appending(path: name)
    try FileManager.default.createDirectory(at: twin, withIntermediateDirectories: true)
    try Data("\(includes)\n".utf8).write(to: twin.appending(path: "main.c"))
    let submission = name.hasSuffix("right") ? "correct/byte-at-a-time.c" : "wrong/prefix-match.c"
    try FileManager.default.copyItem(
      at: LabProcess.checkout.appending(path: "labs/03-command-server/submissions/\(submission)"),
      to: twin.appending(path: "part.inc"))
  }

  private func writeAttackers(to folder: URL) throws {
    for attack in Self.attacks {
      try FileManager.default.copyItem(
        at: LabProcess.checkout.appending(path: "Tests/IntegrationTests/Fixtures/hostile/\(attack)"),
        to: folder.appending(path: "a-\(attack)"))
    }
    for seed in 0..<3 {
      var forged = ForgedLines(seed: seed)
      try Data(forged.c().utf8).write(to: folder.appending(path: "forged\(seed).c"))
    }
    let texts = [
      "b-long-error": "#error \"" + String(repeating: "/a", count: 22_000),
      "b-longer-error": "#error " + String(repeating: "a", count: 1_000_000),
      "b-errors": String(repeating: "a=;\n", count: 100_000), "b-itself": "#include __FILE__\n", "-option": "int a;\n",
      "@response": "int a;\n",
    ]
    for (name, text) in texts { try Data(text.utf8).write(to: folder.appending(path: name + ".c")) }
    let project = folder.appending(path: "c-project")
    try FileManager.default.createDirectory(at: project.appending(path: "main"), withIntermediateDirectories: true)
    try Data(String(repeating: "idf_component_register(", count: 12_000).utf8)
      .write(to: project.appending(path: "main/CMakeLists.txt"))
    try Data("void app_main(void) {}\n".utf8).write(to: project.appending(path: "main/main.c"))
    try Data("project(x)\n".utf8).write(to: project.appending(path: "CMakeLists.txt"))
    #expect(mkfifo(folder.appending(path: "d-pipe.c").path, 0o600) == 0)
    let pipes = folder.appending(path: "d-pipes")
    try FileManager.default.createDirectory(at: pipes, withIntermediateDirectories: true)
    #expect(mkfifo(pipes.appending(path: "main.c").path, 0o600) == 0)
  }

  /// Grades the others, beside attackers or by themselves.
  private func results(besideAttackers isHostile: Bool) async throws -> [String: StudentResult] {
    let folder = try LabProcess.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let submissions = folder.appending(path: "class")
    try FileManager.default.createDirectory(at: submissions, withIntermediateDirectories: true)
    for (name, source) in Self.others {
      try FileManager.default.copyItem(
        at: LabProcess.checkout.appending(path: "labs/03-command-server/\(source)"),
        to: submissions.appending(path: name))
    }
    for (number, spelling) in Self.spellings.enumerated() {
      if isHostile { try writeTwin("twin\(number)-attacker", includes: spelling, to: submissions) }
      try writeTwin("twin\(number)-right", includes: spelling, to: submissions)
    }
    if isHostile { try writeAttackers(to: submissions) }
    let outcome = try await GuestLimiter.shared.run {
      try await LabProcess.run([
        "grade", "3", submissions.path, "--output", folder.path + "/grades", "--emulator", "bundled", "--jobs", "2",
      ])
    }
    #expect(outcome.status == 10, "\(outcome.output.suffix(4000)) \(outcome.errors)")
    let file = try Data(contentsOf: folder.appending(path: "grades/class.json"))
    let result = try JSONDecoder().decode(ClassResult.self, from: file)
    #expect(!result.students.contains { $0.verdict == .error }, "\(result.students.filter { $0.verdict == .error })")
    let students = Dictionary(uniqueKeysWithValues: result.students.map { ($0.student, $0) })
    for (name, student) in students where name.hasSuffix("-attacker") {
      #expect(student.verdict == .fail, "\(name)")
    }
    return students.filter { isOther($0.key) }
  }

  private func isOther(_ student: String) -> Bool {
    student.hasSuffix("-right") || Self.others.keys.contains { $0.hasPrefix(student + ".") }
  }

  @Test func theOthersAreGradedAsIfTheyWereNotThere() async throws {
    let hostile = try await results(besideAttackers: true)
    let peaceful = try await results(besideAttackers: false)
    for (student, result) in peaceful { #expect(hostile[student] == result, "\(student)") }
    #expect(peaceful.values.count { $0.verdict == .pass } == Self.spellings.count + 2)
    #expect(hostile.count == peaceful.count)
  }
}
