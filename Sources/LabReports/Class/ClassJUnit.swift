// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Renders what a class came to as JUnit XML: a suite for each student with a case for each check, as an instructor reads it. The elements
/// are those of ``JUnitReport``; there are no times, which belong to the single runs.
public enum ClassJUnit {
  private enum Outcome: String {
    case failure, error, skipped
  }

  private struct Case {
    var name: String
    var outcome: Outcome?
    var message = ""
    var details: [String] = []
  }

  /// The whole document.
  public static func render(_ result: ClassResult) -> String {
    let suites = result.students.map { ($0, cases(of: $0)) }
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      XMLText.tag(
        "testsuites",
        [("name", "Lab \(result.lab): \(result.title)")] + counts(of: suites.flatMap(\.1))),
    ]
    for (student, cases) in suites {
      lines.append("  " + XMLText.tag("testsuite", [("name", student.student)] + counts(of: cases)))
      lines.append("    <properties>")
      let properties = [
        ("name", student.name), ("email", student.email), ("submission", student.submission),
        ("verdict", student.verdict.rawValue), ("points", "\(student.points)"), ("maximum", "\(student.maximum)"),
      ]
      for (name, value) in properties {
        guard let value, name != "points" || student.hasPoints else { continue }
        lines.append("      " + XMLText.tag("property", [("name", name), ("value", value)], isEmpty: true))
      }
      lines.append("    </properties>")
      lines += cases.flatMap { self.lines(of: $0, student: student, lab: result.lab) }
      lines.append("  </testsuite>")
    }
    return (lines + ["</testsuites>"]).joined(separator: "\n") + "\n"
  }

  private static func cases(of student: StudentResult) -> [Case] {
    var cases: [Case] = []
    switch student.verdict {
    case .missing: return [Case(name: "Submission", outcome: .skipped, message: "there is none")]
    case .error: cases.append(Case(name: "The lab", outcome: .error, message: student.failureReason ?? ""))
    case .pass, .fail: break
    }
    if let isBuilt = student.isBuilt {
      cases.append(
        isBuilt
          ? Case(name: "Builds")
          : Case(name: "Builds", outcome: .failure, message: student.buildFailure ?? "the submission did not build"))
    }
    return cases
      + student.checks.map { check in
        let outcome: Outcome? =
          switch check.status {
          case .pass: nil
          case .fail: .failure
          case .skipped: .skipped
          case .error: .error
          }
        return Case(name: check.title, outcome: outcome, details: check.hints.map { "Hint: \($0.displayable)" })
      }
  }

  private static func counts(of cases: [Case]) -> [(String, String)] {
    [
      ("tests", cases.count), ("failures", cases.count { $0.outcome == .failure }),
      ("errors", cases.count { $0.outcome == .error }), ("skipped", cases.count { $0.outcome == .skipped }),
    ].map { ($0, "\($1)") }
  }

  private static func lines(of testCase: Case, student: StudentResult, lab: String) -> [String] {
    let attributes = [("classname", "lab.\(lab).\(student.student)"), ("name", testCase.name)]
    guard let element = testCase.outcome?.rawValue else {
      return ["    " + XMLText.tag("testcase", attributes, isEmpty: true)]
    }
    let message = [("message", testCase.message)]
    let text = testCase.details.map(XMLText.escaped).joined(separator: "\n")
    return [
      "    " + XMLText.tag("testcase", attributes),
      "      "
        + (text.isEmpty
          ? XMLText.tag(element, message, isEmpty: true) : XMLText.tag(element, message) + text + "</\(element)>"),
      "    </testcase>",
    ]
  }
}
