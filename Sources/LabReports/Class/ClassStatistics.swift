// SPDX-License-Identifier: Apache-2.0
import LabModel

/// What a class's results say together. Only students with a verdict of their own count: neither those whom the lab failed nor those
/// whose submission is missing.
struct ClassStatistics {
  /// How one of the lab's checks went.
  struct Check {
    var check: ClassResult.Check
    var passed: Int
    var failed: Int
    var skipped: Int
    /// Those with a result of this check.
    var count: Int { passed + failed + skipped }
  }

  /// A hint, and how many students got it.
  struct Mistake {
    var hint: String
    var students: [StudentResult]
  }

  /// The students of each verdict.
  let counts: [StudentResult.Verdict: Int]
  /// How many did not build; they are among those that failed.
  let unbuilt: Int
  /// The mean of the points; nil without a verdict.
  let mean: Double?
  /// The middle of the points; nil without a verdict.
  let median: Double?
  /// The checks, in the lab's order, over the submissions that were built.
  let checks: [Check]
  /// What explained failed checks, the most frequent first.
  let mistakes: [Mistake]

  init(_ result: ClassResult) {
    counts = result.students.reduce(into: [:]) { $0[$1.verdict, default: 0] += 1 }
    let judged = result.judged
    unbuilt = judged.count { $0.isBuilt == false }
    let points = judged.map(\.points).sorted()
    mean = points.isEmpty ? nil : Double(points.reduce(0, +)) / Double(points.count)
    median = points.isEmpty ? nil : Double(points[(points.count - 1) / 2] + points[points.count / 2]) / 2

    var statuses: [String: [CheckStatus: Int]] = [:]
    var students: [String: [StudentResult]] = [:]
    for student in judged where student.isBuilt != false {
      for check in student.checks { statuses[check.id, default: [:]][check.status, default: 0] += 1 }
      for hint in Set(student.checks.flatMap(\.hints)) { students[hint, default: []].append(student) }
    }
    checks = result.checks.map { check in
      let count = statuses[check.id] ?? [:]
      return Check(
        check: check, passed: count[.pass] ?? 0, failed: count[.fail] ?? 0, skipped: count[.skipped] ?? 0)
    }
    mistakes = students.map(Mistake.init).sorted {
      ($1.students.count, $0.hint) < ($0.students.count, $1.hint)
    }
  }

  /// The checks that some failed, the most frequent failure first.
  var failing: [Check] {
    checks.enumerated().filter { $0.element.failed > 0 }
      .sorted { ($1.element.failed, $0.offset) < ($0.element.failed, $1.offset) }.map(\.element)
  }

  /// How many there are of each verdict, in words, such as `12 passed, 7 failed`.
  var summary: String {
    StudentResult.Verdict.allCases.compactMap { verdict in
      guard let count = counts[verdict] else { return nil }
      switch verdict {
      case .pass: return "\(count) passed"
      case .fail: return "\(count) failed" + (unbuilt == 0 ? "" : " (\(unbuilt) of them did not build)")
      case .error: return "\(count) without a verdict, since the lab failed"
      case .missing: return "\(count) missing"
      }
    }.joined(separator: ", ")
  }
}
