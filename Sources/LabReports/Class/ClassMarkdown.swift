// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Renders what a class came to in GitHub Flavored Markdown, for the summary of a CI job, as an instructor reads it.
public enum ClassMarkdown {
  /// How many students have a row: a job's summary takes 1 MiB.
  static let studentLimit = 1000
  /// How many hints and problems are listed.
  static let listLimit = 20

  /// The whole text.
  public static func render(_ result: ClassResult) -> String {
    let statistics = ClassStatistics(result)
    var lines = ["## Lab \(literal(result.lab)): \(literal(result.title))", "", sentence(result, statistics)]
    lines += failing(statistics) + mistakes(statistics) + errors(result)
    lines += list("Problems of the class folder and the roster", result.problems.map(literal))
    lines += students(result)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func sentence(_ result: ClassResult, _ statistics: ClassStatistics) -> String {
    let count = Quantity.count(result.students.count, "student")
    var text = statistics.summary.isEmpty ? "\(count)." : "\(count): \(statistics.summary)."
    if let mean = statistics.mean, let median = statistics.median {
      text += " Mean \(Quantity.points(mean)), median \(Quantity.points(median)) of \(result.maximum) points."
    }
    return text
  }

  private static func failing(_ statistics: ClassStatistics) -> [String] {
    let failing = statistics.failing
    guard !failing.isEmpty else { return [] }
    return ["", "### Checks that fail most", "", "| Check | Failed | Passed | Skipped |", "|---|---:|---:|---:|"]
      + failing.map { "| \(literal($0.check.title)) | \($0.failed) | \($0.passed) | \($0.skipped) |" }
  }

  private static func mistakes(_ statistics: ClassStatistics) -> [String] {
    list(
      "Common mistakes",
      statistics.mistakes.map { "\(Quantity.count($0.students.count, "student")): \(literal($0.hint))" })
  }

  private static func errors(_ result: ClassResult) -> [String] {
    list(
      "The lab failed",
      result.students.filter { $0.verdict == .error }.map {
        "\(literal($0.label)), \(Quantity.count($0.attempts.count, "attempt")): \(literal($0.failureReason ?? ""))"
      })
  }

  private static func students(_ result: ClassResult) -> [String] {
    guard !result.students.isEmpty else { return [] }
    let left = result.students.count - studentLimit
    return ["", "### Students", "", "| Student | Verdict | Points |", "|---|---|---:|"]
      + result.students.prefix(studentLimit).map { student in
        let points = student.hasPoints ? "\(student.points)/\(student.maximum)" : ""
        return "| \(literal(student.label)) | \(student.verdict.rawValue) | \(points) |"
      } + (left > 0 ? ["", "And \(Quantity.count(left, "student")) more: see grades.csv."] : [])
  }

  private static func list(_ title: String, _ items: [String]) -> [String] {
    guard !items.isEmpty else { return [] }
    let left = items.count - listLimit
    return ["", "### \(title)", ""] + items.prefix(listLimit).map { "- \($0)" }
      + (left > 0 ? ["- and \(left) more"] : [])
  }

  private static func literal(_ text: String) -> String { MarkdownReport.literal(text) }
}
