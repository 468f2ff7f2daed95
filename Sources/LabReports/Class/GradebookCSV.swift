// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Renders what a class came to as a table for a gradebook: a row for each student.
///
/// Where there is no verdict there are no points either: a student whom the lab failed, or whose submission is missing, has an empty
/// cell and not a zero. What a missing submission is worth is for whoever reads it to say.
public enum GradebookCSV {
  /// The whole file.
  public static func render(_ result: ClassResult) -> String {
    var table = CSVTable(
      header: ["id", "name", "email", "verdict", "points", "maximum"] + result.checks.map { "check:\($0.id)" }
        + ["attempts"])
    for student in result.students {
      let isJudged = student.hasPoints
      let checks = Dictionary(student.checks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      table.append(
        [
          .text(student.student), student.name.map { .text($0) } ?? .empty, student.email.map { .text($0) } ?? .empty,
          .text(student.verdict.rawValue), isJudged ? .number(student.points) : .empty, .number(student.maximum),
        ]
          + result.checks.map { check in
            guard let check = checks[check.id], isJudged, check.status != .error else { return .empty }
            return .number(check.points)
          } + [.number(student.attempts.count)])
    }
    return table.text
  }
}
