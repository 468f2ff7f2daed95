// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Renders the failures of the lab itself: a row for each run that came to no verdict, also where a later one did.
public enum ErrorsCSV {
  /// The whole file; just its header if the lab never failed.
  public static func render(_ result: ClassResult) -> String {
    var table = CSVTable(
      header: ["id", "name", "email", "verdict", "attempt", "attempts", "code", "reason", "run folder"])
    for student in result.students {
      for (index, attempt) in student.attempts.enumerated() where attempt.verdict == .error {
        table.append(row(student, attempt: .number(index + 1), attempt.error, folder: attempt.runFolder))
      }
      if student.verdict == .error, student.attempts.isEmpty {
        table.append(row(student, attempt: .empty, nil, folder: nil))
      }
    }
    return table.text
  }

  private static func row(
    _ student: StudentResult, attempt: CSVTable.Cell, _ error: LabError?, folder: String?
  ) -> [CSVTable.Cell] {
    [
      .text(student.student), student.name.map { .text($0) } ?? .empty, student.email.map { .text($0) } ?? .empty,
      .text(student.verdict.rawValue), attempt, .number(student.attempts.count), error.map { .text($0.code) } ?? .empty,
      .text(error?.message ?? StudentResult.unknownFailure), folder.map { .text($0) } ?? .empty,
    ]
  }
}

extension StudentResult {
  /// What is said of a failure of the lab that told no reason.
  static let unknownFailure = "a check could not be judged"

  /// Why the lab failed, in its last run.
  var failureReason: String? {
    verdict == .error ? attempts.last?.error?.message ?? Self.unknownFailure : nil
  }

  /// Whether its points are points: without a verdict of its own a submission has none, not even 0.
  var hasPoints: Bool { verdict == .pass || verdict == .fail }

  /// Who it is, as people are called: the roster's name, else what was handed in.
  var label: String { name ?? student }
}
