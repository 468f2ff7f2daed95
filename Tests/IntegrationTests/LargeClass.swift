// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

/// A class of any size for lab 3, made of submissions that declare their verdicts: right, wrong, refused and hostile ones, in C and in
/// Swift, some of them in archives or under names that mean harm.
struct LargeClass {
  /// What a student's result has to be.
  struct Expectation: Equatable {
    var verdict: String
    var fails: Set<String>
    var skips: Set<String>
  }

  let folder: URL
  /// What is expected, by student.
  private(set) var expected: [String: Expectation] = [:]

  /// Programs that take a minute of a processor before they are stopped.
  private static let slow = ["include-bomb.c", "macro-bomb.c", "assembler-bomb.c"]

  /// - Parameters:
  ///   - count: how many students there are.
  ///   - isHostile: whether attacks are among what they hand in.
  init(count: Int, isHostile: Bool = true) async throws {
    folder = try LabProcess.temporaryFolder()
    let lab = TestedLab(folder: "03-command-server", id: "3", definition: try Self.library.lab(named: "3"))
    var declared = ["correct", "wrong", "refused"].flatMap { kind in
      ["submissions", "submissions-swift"].flatMap { Self.submissions(lab, "labs/\(lab.folder)/\($0)/\(kind)") }
    }
    if isHostile {
      declared += Self.submissions(lab, "Tests/IntegrationTests/Fixtures/hostile").filter { submission in
        !Self.slow.contains { submission.path.hasSuffix($0) }
      }
    }
    try FileManager.default.createDirectory(at: submissions, withIntermediateDirectories: true)
    for number in 0..<count {
      let submission = declared[number % declared.count]
      let digits = String(number + 1)
      var name = "student" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
      if isHostile, number % 23 == 5 { name += " \"<b>\u{202e}'\n=1+1" }
      try await handIn(submission.path, as: name, inArchive: number % 5 == 3)
      // What does not build has no checks to fail.
      let isBuilt = !submission.path.contains("/refused/") && submission.says.isEmpty
      let all = Set(lab.definition?.checks.map(\.id) ?? [])
      expected[name] = Expectation(
        verdict: submission.verdict.isEmpty ? "fail" : submission.verdict, fails: isBuilt ? submission.fails : [],
        skips: isBuilt ? submission.skips : all)
    }
  }

  /// The folder of what was handed in.
  var submissions: URL { folder.appending(path: "class") }

  /// Takes everything away.
  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// How results differ from what is expected, a line a student.
  func differences(in result: ClassResult) -> [String] {
    var missing = Set(expected.keys)
    var lines = result.students.compactMap { student -> String? in
      missing.remove(student.student)
      func ids(_ status: CheckStatus) -> Set<String> { Set(student.checks.filter { $0.status == status }.map(\.id)) }
      let seen = Expectation(verdict: student.verdict.rawValue, fails: ids(.fail), skips: ids(.skipped))
      guard let expected = expected[student.student], seen != expected else { return nil }
      return "\(student.student) (\(student.submission ?? "-")): \(seen), not \(expected)"
    }
    lines += missing.sorted().map { "\($0) has no result" }
    return lines
  }

  private static let library = LabLibrary(root: LabProcess.checkout)

  private static func submissions(_ lab: TestedLab, _ folder: String) -> [DeclaredSubmission] {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: LabProcess.checkout.path + "/" + folder)) ?? []
    return entries.filter { !$0.hasPrefix(".") }.sorted().map { DeclaredSubmission(lab: lab, path: "\(folder)/\($0)") }
  }

  /// Copies a submission into the class, or packs it.
  private func handIn(_ path: String, as name: String, inArchive: Bool) async throws {
    let source = LabProcess.checkout.appending(path: path)
    guard inArchive else {
      let suffix = source.pathExtension.isEmpty ? "" : "." + source.pathExtension
      try FileManager.default.copyItem(at: source, to: submissions.appending(path: name + suffix))
      return
    }
    let tar = Process()
    tar.executableURL = URL(filePath: "/usr/bin/env")
    tar.arguments = [
      "tar", "-czf", submissions.appending(path: name + ".tar.gz").path, "-C", source.deletingLastPathComponent().path,
      source.lastPathComponent,
    ]
    try tar.run()
    tar.waitUntilExit()
    try #require(tar.terminationStatus == 0)
  }
}
