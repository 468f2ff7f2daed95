// SPDX-License-Identifier: Apache-2.0
import LabModel

/// What stands below the results: what they came to together, what changed, what is to be known, and where it all is.
extension GradingReport {
  private static let listed = 5

  /// - Parameters:
  ///   - result: the class's.
  ///   - changes: the students who were graded again.
  ///   - folder: where the results are, as the caller knows it.
  ///   - seconds: how long the grading took.
  public func summary(_ result: ClassResult, changes: [GradeChange], folder: String, seconds: Double) -> Printout {
    let statistics = ClassStatistics(result)
    var lines: [Printout] = [""] + self.changes(changes)
    if let mean = statistics.mean, let median = statistics.median {
      lines.append(
        """
        Points      mean \(Quantity.points(mean)), median \(Quantity.points(median)) of \(result.maximum), \
        over \(Quantity.count(result.judged.count, "student"))
        """)
    }
    let failing = statistics.failing.prefix(Self.listed)
    for (index, check) in failing.enumerated() {
      let label: Printout = index == 0 ? "Failing     " : "            "
      lines.append("\(label)\(check.check.title): \(check.failed) of \(check.count)")
    }
    let errors = result.students.filter { $0.verdict == .error }
    for student in errors.prefix(Self.listed) {
      let reason = student.attempts.last?.error?.message ?? "a check has no verdict"
      lines.append("Lab failed  \(student.student): \(reason)")
    }
    if errors.count > Self.listed { lines.append("            and \(errors.count - Self.listed) more, in errors.csv") }
    lines += result.problems.map { "Note        \($0)" }
    lines.append("Results     \(folder)")
    lines.append("Time        \(Quantity.duration(seconds: seconds))")
    lines.append("\(verdict(result))  \(statistics.summary)")
    return Printout(lines: lines)
  }

  private func changes(_ changes: [GradeChange]) -> [Printout] {
    guard !changes.isEmpty else { return [] }
    let different = changes.filter(\.isDifferent)
    var lines: [Printout] = ["Graded again: \(changes.count), of which \(different.count) with another result"]
    for change in different {
      let grades = "\(text(change.before)) -> \(text(change.after))"
      lines.append("  \(change.student)  \(grades), since \(change.reason.clause)")
      lines += change.checks.map {
        "    \($0.title): \($0.before?.rawValue ?? "none") -> \($0.after?.rawValue ?? "none")"
      }
    }
    return lines + [""]
  }

  private func text(_ grade: GradeChange.Grade) -> String {
    "\(grade.verdict.rawValue) \(grade.verdict == .error ? "-" : "\(grade.points)")/\(grade.maximum)"
  }

  private func verdict(_ result: ClassResult) -> Printout {
    switch result.exitCode {
    case RunResult.Verdict.pass.exitCode: style.paint("ALL PASSED", .pass)
    case RunResult.Verdict.fail.exitCode: style.paint("GRADED", .strong)
    default: style.paint("INCOMPLETE", .error)
    }
  }
}
