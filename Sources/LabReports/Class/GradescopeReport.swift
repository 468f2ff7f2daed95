// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Renders a student's result as the `results.json` of a Gradescope autograder
/// (https://gradescope-autograders.readthedocs.io/en/latest/specs/), as the student is to read it.
///
/// Hidden checks are one visible test, and no test is hidden by Gradescope's own means: with one of those, Gradescope keeps the total from the
/// students as well. Texts are given as plain text, which Gradescope does not take for markup.
public enum GradescopeReport {
  private struct Results: Encodable {
    var score: Int
    var visibility = "visible"
    // What the lab itself prints is not for students.
    var stdout_visibility = "hidden"
    var output: String?
    var output_format = "text"
    var tests: [Test]
  }

  private struct Test: Encodable {
    var number: String
    var name: String
    var name_format = "text"
    var score: Int
    var max_score: Int
    var status: String
    var visibility = "visible"
    var output: String?
    var output_format = "text"
  }

  /// The whole file; nil without a verdict: what the lab failed to judge is no score, and Gradescope says itself that there is none.
  /// - Parameter result: a run's result, complete: what a student may see of it is decided here.
  public static func render(_ result: RunResult) throws -> String? {
    guard result.verdict != .error else { return nil }
    let shown = result.shown(to: .student)
    let tests = shown.checks.enumerated().map { index, check in
      Test(
        number: "\(index + 1)", name: check.title.displayable, score: check.points, max_score: check.maximum,
        status: check.status == .pass ? "passed" : "failed", output: output(of: check))
    }
    return try JSONReport.render(value: Results(score: shown.points, output: output(of: shown), tests: tests))
  }

  private static func output(of result: RunResult) -> String? {
    guard let build = result.build, !build.succeeded else { return nil }
    let reason = "The submission did not build: \(build.reason ?? "the compiler says why")"
    return ([reason.displayable] + build.messages.quotedLines).joined(separator: "\n")
  }

  private static func output(of check: CheckResult) -> String? {
    var lines: [String] = []
    if check.status == .skipped {
      lines += check.seen.map { ["Skipped: \($0.displayable)"] } ?? []
    } else {
      lines += check.expected.map { ["Expected: \($0.displayable)"] } ?? []
      lines += check.seen.map { ["Seen: \($0.displayable)"] } ?? []
      lines += check.evidence.map { "Line \($0.line) of the transcript: \($0.entry.line.displayable)" }
      lines += check.hints.map { "Hint: \($0.displayable)" }
    }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }
}
